"""What CycloneDX's strict validator says of each BOM of a JSON list on stdin: "valid", or what is wrong with it."""

import json
import sys

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

validator = JsonStrictValidator(SchemaVersion.V1_6)
errors = [validator.validate_str(bom) for bom in json.load(sys.stdin)]
print(json.dumps(["valid" if error is None else str(error)[:2_000] for error in errors]))
