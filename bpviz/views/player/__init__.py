"""The player: the widget and the HTML page that play a score. The only room with anywidget."""
