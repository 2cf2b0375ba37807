"""Evidently's side of `npm run bench -- drift`: its default preset on the same two files."""

import json
import resource
import sys
import warnings

warnings.filterwarnings("ignore")

import pandas as pd  # noqa: E402
from evidently import Report  # noqa: E402
from evidently.presets import DataDriftPreset  # noqa: E402

reference, current = (pd.read_parquet(path) for path in sys.argv[1:3])
Report([DataDriftPreset()]).run(current, reference).dict()
print(json.dumps({"gibibytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}))
