"""The desk: pages, live stream and API of the web process."""
