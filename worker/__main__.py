"""`python -m worker` is `marsad`, for places where the console script is not on the path."""

from worker.cli import main

main()
