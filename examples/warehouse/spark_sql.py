"""Owner and contact for every row, decided by Spark SQL alone; no program runs where the data is.

Usage: spark_sql.py CLIENTS.parquet ANSWERS.parquet
The environment's WHOOWNS names the program, if it is not on the path; it runs once, here, to write the statement.
"""

import os
import subprocess
import sys

from pyspark.sql import SparkSession


def main(clients, answers):
    spark = SparkSession.builder.getOrCreate()
    spark.read.parquet(clients).createOrReplaceTempView("clients")
    command = [os.environ.get("WHOOWNS", "whoowns"), "rules", "export", "--to", "sql", "--dialect", "spark"]
    statement = subprocess.run([*command, "--table", "clients"], check=True, capture_output=True, text=True).stdout
    spark.sql(statement).write.mode("overwrite").parquet(answers)


if __name__ == "__main__":
    main(*sys.argv[1:3])
