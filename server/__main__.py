"""`python -m server --role ROLE ...`: the same as `samenspraak serve`, where no staff's tools are installed."""

from server.commands import serve

if __name__ == "__main__":
    serve()
