"""Any expression as a worked example: a graph of small operations, told node by node."""
