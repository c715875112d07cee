"""Owner and contact for every row, by the program itself in each partition of a Spark job.

Usage: spark_partitions.py CLIENTS.parquet ANSWERS.parquet
The environment's WHOOWNS names the program, if it is not on the path; it is shipped with the job.
"""

import itertools
import os
import shutil
import subprocess
import sys
import threading

import pyarrow as arrow
from pyarrow import csv
from pyspark import SparkFiles
from pyspark.sql import SparkSession
from pyspark.sql.types import StringType, StructField, StructType

ANSWERS = ["status", "owner", "contact", "confidence", "rule", "ask", "note"]
PREFIX = "lms_"


def answered(batches):
    """The rows of one partition with their answers, in their order."""
    batches = iter(batches)
    first = next(batches, None)
    if first is None:
        return
    program = SparkFiles.get("whoowns")
    os.chmod(program, 0o755)
    command = [program, "batch", "-", "--quiet", "--header", "1", "--input-format", "csv", "--prefix", PREFIX]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    written, said, wrong = [0], [], []

    def write():
        # Only the first batch writes a header; nothing is quoted but texts, so that NULL and '' stay two things.
        try:
            with running.stdin, csv.CSVWriter(running.stdin, first.schema) as writer:
                for batch in itertools.chain([first], batches):
                    writer.write_batch(batch)
                    written[0] += batch.num_rows
        except Exception as error:  # said below, with what the program says
            wrong.append(error)

    writing = threading.Thread(target=write)
    listening = threading.Thread(target=lambda: said.append(running.stderr.read()))
    writing.start()
    listening.start()
    kinds = {field.name: field.type for field in first.schema}
    kinds |= {PREFIX + name: arrow.string() for name in ANSWERS}
    options = csv.ConvertOptions(column_types=kinds, strings_can_be_null=True, quoted_strings_can_be_null=False,
                                 null_values=[""])
    read = 0
    try:
        for batch in csv.open_csv(running.stdout, parse_options=csv.ParseOptions(newlines_in_values=True),
                                  convert_options=options):
            read += batch.num_rows
            yield batch
    except arrow.ArrowException as error:  # such as nothing at all, where the program could not begin
        wrong.append(error)
    writing.join()
    listening.join()
    # 1 says that some rows are invalid; each of them says why in its note.
    if running.wait() not in (0, 1) or wrong or read != written[0]:
        reason = said[0].decode(errors="replace")
        raise RuntimeError(f"{written[0]} rows in, {read} out: {reason} {wrong}")


def main(clients, answers):
    spark = SparkSession.builder.getOrCreate()
    spark.sparkContext.addFile(shutil.which(os.environ.get("WHOOWNS", "whoowns")))
    rows = spark.read.parquet(clients)
    # A schema of its own: that of the rows may not change.
    schema = StructType([*rows.schema.fields, *(StructField(PREFIX + name, StringType()) for name in ANSWERS)])
    rows.mapInArrow(answered, schema).write.mode("overwrite").parquet(answers)


if __name__ == "__main__":
    main(*sys.argv[1:3])
