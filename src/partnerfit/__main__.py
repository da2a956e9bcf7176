"""`python -m partnerfit`."""

from partnerfit.cli import main

if __name__ == "__main__":
    main()
