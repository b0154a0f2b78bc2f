/** Light or dark as the host says, whatever the system prefers; where no host says anything, the style sheet decides. */

// Jupyter; VS Code, whose light high contrast carries the class of the dark one too; marimo, MyST, Colab
const LIGHT = '[data-jp-theme-light="true"], .vscode-light, .vscode-high-contrast-light, .light, [data-theme="light"], [theme="light"]';
const DARK = '[data-jp-theme-light="false"], .vscode-dark, .vscode-high-contrast, .dark, [data-theme="dark"], [theme="dark"]';

/**
 * Give an element the theme of its host, now and whenever that changes.
 *
 * @param {HTMLElement} root
 * @returns {() => void} stops it
 */
export function followTheme(root) {
  const hosts = [document.body, document.documentElement];
  const follow = () => {
    const says = hosts.find((host) => host.matches(`${LIGHT}, ${DARK}`));
    root.style.colorScheme = says ? (says.matches(LIGHT) ? "light" : "dark") : "";
  };
  const observer = new MutationObserver(follow);
  for (const host of hosts) observer.observe(host, { attributes: true });
  follow();
  return () => observer.disconnect();
}
