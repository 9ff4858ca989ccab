"""Research on migration governance: MiGOF, SDG indicator 10.7.2, MGI; bands, benchmarks, good practice, reports."""

__version__ = "0.1.0"
