"""acnportal without scikit-learn.

acnportal imports it for events drawn from learned distributions, which are not used here. It and what it needs are
larger than everything else together.
"""

import sys
import types

sys.modules.setdefault("sklearn.mixture", types.SimpleNamespace(GaussianMixture=object))

from acnportal import acnsim, algorithms  # noqa: E402

__all__ = ["acnsim", "algorithms"]
