"""`python -m newshound`: the command, where the folder of scripts is not on the path."""

from . import main

main()
