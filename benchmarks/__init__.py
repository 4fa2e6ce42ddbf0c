"""How quick the product is, each figure beside its floor or peer: `python -m benchmarks`."""
