"""What --help says of each command: a title and examples. Parses nothing."""

EPILOG = """\
Every field of a spec is an option of its command, and --set takes it by its path:
  --steps 500 --dataset.corr-noise-scale 0.5    or    --set dataset.corr_noise_scale=0.5

Equal settings give equal results, bit for bit: here, in the page, in a notebook, on a cluster.
Results go into a file whose ending says its form: .json and .csv (the page opens them), .parquet
(pandas, polars, DuckDB) or .npz (NumPy alone). Progress is on stderr, and only on a terminal.
Ctrl-C keeps what is done beside the file; the same command goes on.

exit codes: 0 done, 1 something failed on the way, 2 asked for what makes no sense, 130 stopped

examples:
  mnist1d-lab lottery --preset quick --seeds 0:20 --workers 2 --out tickets.parquet
  mnist1d-lab arms --seeds 0:3 --steps 500 --batch-size 100 --eval-every 125 --out a.json
  mnist1d-lab verdict a.json
  mnist1d-lab --print-completion bash > ~/.local/share/bash-completion/completions/mnist1d-lab
"""

COMMANDS = {
    "dataset": ("Make the data and write them.", """\
examples:
  mnist1d-lab dataset --out mnist1d.npz
  mnist1d-lab dataset --corr-noise-scale 0.5 --seed 7 --out noisy.parquet
"""),
    "train": ("Train one of the four models.", """\
examples:
  mnist1d-lab train --model cnn --steps 6000 --seeds 0:5 --out cnn.csv
  mnist1d-lab train --model gru --dataset.shuffle-seq true --table
"""),
    "lottery": ("Search for lottery tickets.", """\
examples:
  mnist1d-lab lottery --preset quick --seeds 0:20 --set steps=500 --out a.parquet
  mnist1d-lab lottery --preset paper --seeds 0:2 --workers 2 --out paper.json
  mnist1d-lab lottery --hidden 200 --trials 3 --table
"""),
    "arms": ("Search for tickets, then take those of one level apart on fresh data.", """\
The fields are ArmSpec's: those of the search begin with --lottery., its trials are --seeds.

examples:
  mnist1d-lab arms --seeds 0:3 --level 5 --datasets 2 --steps 500 --batch-size 100 --out a.json
  mnist1d-lab arms --preset paper --level 91 --seeds 0:5 --workers 2 --out paper-arms.parquet
"""),
    "sweep": ("Run all trials of a grid file, here or on a Dask cluster.", """\
A grid file says the experiment, the seeds of its trials and the values of some fields:
  job: lottery            # or train, arms, cells
  preset: quick
  seeds: 0:20
  set: {steps: 500}
  grid: {hidden: [100, 200], dataset.corr_noise_scale: [0.25, 0.5]}

FOLDER/records has one Parquet file a trial, FOLDER/page one JSON a setting, for the page. A sweep
that was stopped goes on; one with more seeds or values adds to what is there.

examples:
  mnist1d-lab sweep grid.yaml --workers 2 --out results/
  mnist1d-lab sweep grid.yaml --scheduler local --workers 4 --out results/
  mnist1d-lab sweep grid.yaml --scheduler tcp://10.0.0.5:8786 --out results/
"""),
    "cost": ("Measure this machine, and say what a large sweep takes on many.", """\
examples:
  mnist1d-lab cost
  mnist1d-lab cost --preset quick --trials 1000 --cores 64
"""),
    "verdict": ("Say what results mean for the published claims.", """\
example:
  mnist1d-lab verdict a.json
"""),
    "open": ("Start the page on this machine with results in it.", """\
It needs the built page: dist/ of a checkout, which python3 build.py build makes.

examples:
  mnist1d-lab open a.parquet b.json
  mnist1d-lab open results/
"""),
}  # fmt: skip
