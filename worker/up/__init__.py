"""`marsad up`: all processes of the service on one machine, started, watched and stopped together."""
