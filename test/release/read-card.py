"""What huggingface_hub reads of a model card on stdin, and of the card that it writes from that, as JSON."""

import json
import sys

from huggingface_hub import ModelCard


def results(card):
    return [
        {
            "task": result.task_type,
            "dataset": result.dataset_name,
            "slice": result.dataset_config,
            "metric": result.metric_type,
            "value": result.metric_value,
            "args": result.metric_args,
            "url": result.source_url,
        }
        for result in card.data.eval_results or []
    ]


card = ModelCard(sys.stdin.buffer.read().decode())
data = card.data
print(
    json.dumps(
        {
            "model": data.model_name,
            "license": data.license,
            "language": data.language,
            "library": data.library_name,
            "tags": data.tags,
            "results": results(card),
            "again": results(ModelCard(str(card))),
            "text": card.text,
        }
    )
)
