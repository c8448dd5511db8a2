"""Many trials as tasks: on the processes of one machine, or on a Dask cluster. See the README."""
