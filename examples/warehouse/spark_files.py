"""Owner and contact for every record of a folder of delimited files, one task a file, by the program itself.

Usage: spark_files.py FOLDER ANSWERS
ANSWERS/NAME has the answers of FOLDER/NAME. A record that is broken loses nothing: it stands as it was, with its line
and the reason, in ANSWERS/NAME.rejects.csv, and everything else of its file is answered. The environment's WHOOWNS names
the program, if it is not on the path; all workers must see both folders.
"""

import os
import pathlib
import shutil
import subprocess
import sys

from pyspark import SparkFiles
from pyspark.sql import SparkSession


def answer(names, answers):
    """Answers these files one after the other; gives for each how many records were answered and rejected."""
    program = SparkFiles.get("whoowns")
    os.chmod(program, 0o755)
    for name in names:
        target = pathlib.Path(answers, pathlib.Path(name).name)
        rejects = f"{target}.rejects.csv"
        summary = f"{target}.summary.json"
        command = [program, "batch", name, "-o", target, "--rejects", rejects, "--summary", summary, "--quiet"]
        done = subprocess.run(command, capture_output=True, text=True)
        # 1 says that something wants attention, 2 that nothing was done.
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{name}: {done.stderr}")
        yield name, pathlib.Path(summary).read_text()


def main(folder, answers):
    os.makedirs(answers, exist_ok=True)
    spark = SparkSession.builder.getOrCreate()
    spark.sparkContext.addFile(shutil.which(os.environ.get("WHOOWNS", "whoowns")))
    names = sorted(str(path) for path in pathlib.Path(folder).iterdir() if path.is_file())
    tasks = spark.sparkContext.parallelize(names, max(len(names), 1))
    for name, summary in tasks.mapPartitions(lambda own: answer(own, answers)).collect():
        print(name, summary)


if __name__ == "__main__":
    main(*sys.argv[1:3])
