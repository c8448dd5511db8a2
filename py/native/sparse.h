/* Linear layers of which only the surviving weights are stored; a part of kernels.c, which explains
 * the rules. Twins in numpy_ops.py: sparse_forward, sparse_backward_input, sparse_backward. */

/* ---- 5. sparse layers ----------------------------------------------------------------------- */

typedef struct {
  const float *x;      /* (inputs, batch) */
  const float *values; /* (survivors), row by row of the weight (outputs, inputs) */
  const int *start;    /* (outputs + 1): where each row's survivors begin */
  const int *column;   /* (survivors): the input each belongs to */
  const float *bias;   /* (outputs) */
  float *out;          /* (outputs, batch) */
  float *floats;       /* scratch (inputs, 4 * GATHER) */
  int inputs, outputs, batch, relu;
} sparse_forward_args;

void sparse_forward(const sparse_forward_args *a) {
  gather_all(&(gather){a->out, {a->x, a->batch, 1}, a->values, a->bias, a->start, a->column,
                       a->outputs, a->inputs, a->batch, 0, a->relu, 0, a->floats, 0});
}

typedef struct {
  const float *dy;     /* (outputs, batch) */
  const float *values; /* (survivors), row by row of the weight (outputs, inputs) */
  const int *start;    /* (inputs + 1): where each input's survivors begin in `row`, `position` */
  const int *row;      /* (survivors), input by input: the output each belongs to */
  const int *position; /* (survivors), input by input: where it is in `values` */
  float *out;          /* (inputs, batch) */
  float *live_values;  /* scratch (survivors) */
  float *floats;       /* scratch (outputs, 4 * GATHER) */
  int *live;           /* scratch (outputs) */
  int *live_start;     /* scratch (inputs + 1) */
  int *live_row;       /* scratch (survivors) */
  int inputs, outputs, batch, accumulate;
} sparse_backward_input_args;

/* The survivors of rows of dy that are not all 0 are put side by side first, in the same order: a
 * unit that relu made 0 for the whole batch has a row of zeros. */
void sparse_backward_input(const sparse_backward_input_args *a) {
  for (int r = 0; r < a->outputs; r++) a->live[r] = !is_dead(a->dy + (long)r * a->batch, a->batch);
  int count = 0;
  for (int i = 0; i < a->inputs; i++) {
    a->live_start[i] = count;
    for (int k = a->start[i]; k < a->start[i + 1]; k++) { /* written always, kept if live */
      a->live_row[count] = a->row[k];
      a->live_values[count] = a->values[a->position[k]];
      count += a->live[a->row[k]];
    }
  }
  a->live_start[a->inputs] = count;
  gather_all(&(gather){a->out, {a->dy, a->batch, 1}, a->live_values, 0, a->live_start, a->live_row,
                       a->inputs, a->outputs, a->batch, a->accumulate, 0, 0, a->floats, 0});
}

typedef struct {
  const float *dy;   /* (outputs, batch) */
  const float *x;    /* (inputs, batch) */
  const int *start;  /* (outputs + 1) */
  const int *column; /* (survivors) */
  float *dvalues;    /* (survivors) */
  float *dbias;      /* (outputs) */
  int outputs, batch;
} sparse_backward_args;

#define DOTS 8 /* sums and */
#define SPAN 5 /* vectors of dy that are in registers at once */
/* Adds `span` vectors, from column c on, to the dot products of dy's row with `count` rows of x. */
INLINE void dot_span(v4 *sum, const float *dy, const float **x, int c, const int count,
                     const int span, const int lanes) {
  v4 d[SPAN];
  UNROLL for (int i = 0; i < span; i++) d[i] = load_part(dy + c + 4 * i, lanes);
  UNROLL for (int j = 0; j < count; j++) {
    const float *from = x[j] + c;
    BASE(from);
    UNROLL for (int i = 0; i < span; i++) {
      sum[j] += d[i] * load_part(from + 4 * i, lanes);
      DONE(sum[j]);
    }
  }
}

/* Survivors [k, k + DOTS) of a row, or as many as `left` there are: dot products of dy's row with
 * rows of x: four lanes along the batch, then sum4's order. */
INLINE void dots(const sparse_backward_args *a, const float *dy, int k, const int count, int left) {
  const float *x[DOTS];
  v4 sum[DOTS];
  UNROLL for (int j = 0; j < count; j++) {
    x[j] = a->x + (long)a->column[k + smaller(j, left - 1)] * a->batch;
    sum[j] = splat(0);
  }
  int c = 0;
  for (; c + 4 * SPAN <= a->batch; c += 4 * SPAN) dot_span(sum, dy, x, c, count, SPAN, 4);
  for (; c + 4 <= a->batch; c += 4) dot_span(sum, dy, x, c, count, 1, 4);
  if (c < a->batch) dot_span(sum, dy, x, c, count, 1, a->batch - c);
  UNROLL for (int j = 0; j < count; j += 4)
    if (j < left)
      store_part(a->dvalues + k + j, sum4(sum[j], sum[j + 1], sum[j + 2], sum[j + 3]),
                 smaller(4, left - j));
}

void sparse_backward(const sparse_backward_args *a) {
  for (int r = 0; r < a->outputs; r++) {
    const float *dy = a->dy + (long)r * a->batch;
    int k = a->start[r], end = a->start[r + 1];
    if (is_dead(dy, a->batch)) {
      zero(a->dvalues + k, end - k);
      continue;
    }
    for (; k + DOTS <= end; k += DOTS) dots(a, dy, k, DOTS, DOTS);
    for (; k < end; k += 4) dots(a, dy, k, 4, smaller(4, end - k));
  }
  sum_rows(a->dy, a->dbias, a->outputs, a->batch);
}
