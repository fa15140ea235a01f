"""`python -m server --role ROLE ...`: as `samenspraak serve`, where no staff tools are installed."""

from server.commands import serve

if __name__ == "__main__":
    serve()
