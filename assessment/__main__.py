"""`python -m assessment` is the same as `coordination-audit`."""

from assessment.cli import main

if __name__ == "__main__":
    main()
