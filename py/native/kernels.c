/* The compiled twins of py/mnist1d_lab/kernels/numpy_ops.py: the same functions, made for speed. No
 * memory is allocated, nothing of libc is used, nothing is chosen here (kernels/backend.py does that).
 *
 *   entry                    twin in numpy_ops.py
 *   linear_forward           linear_forward           1. vectors, exp and log (vectors.h)
 *   linear_backward_input    linear_backward_input    2. panels and lists (products.h)
 *   linear_backward          linear_backward          3. the two products (products.h)
 *   sparse_forward           sparse_forward           4. dense layers
 *   sparse_backward_input    sparse_backward_input    5. sparse layers
 *   sparse_backward          sparse_backward          6. element by element
 *   add, relu_backward       add, relu_backward       7. softmax and its loss
 *   softmax_cross_entropy    softmax_cross_entropy    8. convolution (sequences.h)
 *   adam                     adam                     9. a GRU (sequences.h)
 *   unfold, fold             unfold, fold            10. run: several calls in one
 *   gru_forward              gru_forward             11. the random numbers (draws.h)
 *   gru_backward             gru_backward
 *   deal                     (draw in dataset/generator.py)
 *
 * The same bits everywhere. Vectors are 128 bits wide on every machine; every sum has one order,
 * given at its loop; multiplication and addition are never fused (-ffp-contract=off); exp and log
 * are ours. So wasm, x86-64 and arm64 compute alike, and tiles can be tuned without changing a bit
 * as long as each output element still adds its terms in the same order.
 *
 * Layout: activations are (features, batch), contiguous along the batch; weights (outputs, inputs).
 * Each entry takes one struct: ctypes in Pyodide pays per argument, and `run` needs one signature.
 * In a struct pointers come first, then 32-bit numbers, so that its layout follows from its fields.
 */

#include "vectors.h"

#include "products.h"

/* ---- 4. dense layers ------------------------------------------------------------------------ */

/* In training about half of the MLP's hidden activations are 0 and most of its dy: units whose relu
 * is closed. A product leaves such terms out if they are many, by `gather` (0 times infinity is then
 * 0; otherwise not a bit changes). Measured at 200 x 200 x 100: 0.7 of the other product's time at
 * 0.42 of the terms, 0.26 at 0.1, so that both are equal near EQUAL. */
#define EQUAL 0.65f
#define FEW_COLUMNS 20 /* fewer do not fill gather's registers */

static int many_zeros(const float *x, int size) {
  i4 some = {0, 0, 0, 0};
  int i = 0;
  for (; i + 4 <= size; i += 4) some -= load(x + i) != splat(0);
  int count = some[0] + some[1] + some[2] + some[3];
  for (; i < size; i++) count += x[i] != 0;
  return count < size * EQUAL;
}

typedef struct {
  const float *x;      /* (inputs, batch) */
  const float *weight; /* (outputs, inputs) */
  const float *bias;   /* (outputs) */
  float *out;          /* (outputs, batch) */
  float *floats;       /* scratch; simd_ops.py says how much */
  int *ints;           /* scratch; likewise */
  int inputs, outputs, batch, relu;
} linear_forward_args;

typedef struct {
  float *panel;  /* (depth, 4 * GATHER) */
  float *result; /* (rows, 4 * GATHER) */
  float *values; /* (as many as are not 0) */
  int *start;    /* (rows + 1) */
  int *index;    /* (as many as are not 0) */
} lists;

/* Lists m (rows, depth) in scratch, and gives the rest of it to `gather`. */
static lists listed(matrix m, int rows, int depth, float *floats, int *ints) {
  lists l = {floats, floats + 4 * GATHER * depth, 0, ints, ints + rows + 1};
  l.values = l.result + 4 * GATHER * rows;
  list(m, rows, depth, l.start, l.index, l.values);
  return l;
}

void linear_forward(const linear_forward_args *a) {
  if (a->outputs >= FEW_COLUMNS && many_zeros(a->x, a->inputs * a->batch)) {
    lists l = listed((matrix){a->x, 1, a->batch}, a->batch, a->inputs, a->floats, a->ints);
    gather_all(&(gather){a->out, {a->weight, 1, a->inputs}, l.values, a->bias, l.start, l.index,
                         a->batch, a->inputs, a->outputs, 0, a->relu, 1, l.panel, l.result});
  } else
    multiply(&(product){a->out, {a->weight, a->inputs, 1}, {a->x, a->batch, 1}, a->bias, a->outputs,
                        a->inputs, a->batch, 0, a->relu, a->floats});
}

typedef struct {
  const float *dy;     /* (outputs, batch) */
  const float *weight; /* (outputs, inputs) */
  float *out;          /* (inputs, batch) */
  float *floats;       /* scratch; simd_ops.py says how much */
  int *ints;           /* scratch; likewise */
  int inputs, outputs, batch, accumulate;
} linear_backward_input_args;

void linear_backward_input(const linear_backward_input_args *a) {
  if (a->inputs >= FEW_COLUMNS && many_zeros(a->dy, a->outputs * a->batch)) {
    lists l = listed((matrix){a->dy, 1, a->batch}, a->batch, a->outputs, a->floats, a->ints);
    gather_all(&(gather){a->out, {a->weight, a->inputs, 1}, l.values, 0, l.start, l.index,
                         a->batch, a->outputs, a->inputs, a->accumulate, 0, 1, l.panel, l.result});
  } else
    multiply(&(product){a->out, {a->weight, 1, a->inputs}, {a->dy, a->batch, 1}, 0, a->inputs,
                        a->outputs, a->batch, a->accumulate, 0, a->floats});
}

typedef struct {
  const float *dy; /* (outputs, batch) */
  const float *x;  /* (inputs, batch) */
  float *dweight;  /* (outputs, inputs) */
  float *dbias;    /* (outputs) */
  float *floats;   /* scratch; simd_ops.py says how much */
  int *ints;       /* scratch; likewise */
  int inputs, outputs, batch;
} linear_backward_args;

void linear_backward(const linear_backward_args *a) {
  if (a->inputs >= FEW_COLUMNS && many_zeros(a->dy, a->outputs * a->batch)) {
    lists l = listed((matrix){a->dy, a->batch, 1}, a->outputs, a->batch, a->floats, a->ints);
    gather_all(&(gather){a->dweight, {a->x, 1, a->batch}, l.values, 0, l.start, l.index,
                         a->outputs, a->batch, a->inputs, 0, 0, 0, l.panel, 0});
  } else
    multiply(&(product){a->dweight, {a->dy, a->batch, 1}, {a->x, 1, a->batch}, 0, a->outputs,
                        a->batch, a->inputs, 0, 0, a->floats});
  sum_rows(a->dy, a->dbias, a->outputs, a->batch);
}

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
 * unit whose relu is closed for the whole batch has a row of zeros. */
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

/* ---- 6. element by element ------------------------------------------------------------------ */

/* each(args, i, n) for every vector of n lanes, from element i on. */
#define FOURS(each, args)                                             \
  do {                                                                \
    int i = 0;                                                        \
    for (; i + 4 <= (args)->size; i += 4) each(args, i, 4);           \
    if (i < (args)->size) each(args, i, (args)->size - i);            \
  } while (0)

typedef struct {
  const float *a, *b; /* (size) each */
  float *out;         /* (size) */
  int size;
} add_args;

INLINE void add4(const add_args *a, int i, const int n) {
  store_part(a->out + i, load_part(a->a + i, n) + load_part(a->b + i, n), n);
}

void add(const add_args *a) { FOURS(add4, a); }

typedef struct {
  const float *dy, *y; /* (size) each; y is what relu gave */
  float *out;          /* (size) */
  int size;
} relu_backward_args;

INLINE void relu_backward4(const relu_backward_args *a, int i, const int n) {
  v4 dy = load_part(a->dy + i, n), y = load_part(a->y + i, n);
  store_part(a->out + i, select(y <= splat(0), splat(0), dy), n);
}

void relu_backward(const relu_backward_args *a) { FOURS(relu_backward4, a); }

typedef struct {
  float *param;         /* (size) */
  const float *grad;    /* (size) */
  const float *mask;    /* (size) of 0 and 1, or a null pointer */
  float *mean, *square; /* (size) each: Adam's moments */
  const float *rates;   /* (2): the step's rate and correction, see the twin */
  int size;
  float keep1, new1, keep2, new2, eps; /* beta and 1 - beta, each rounded from double */
} adam_args;

#define TINY_MEAN 1e-30f
#define TINY_GRAD 1e-16f
/* The gradient of a unit that has closed for good is 0: its mean then shrinks, a tenth a step, to
 * numbers so small that processors compute them a hundred times slower, and no weight feels them.
 * What is nearer to 0 than `limit` becomes 0. */
INLINE v4 flush(v4 x, float limit) {
  return select((x < splat(limit)) & (x > splat(-limit)), splat(0), x);
}

INLINE void adam4(const adam_args *a, int i, const int n) {
  v4 grad = load_part(a->grad + i, n);
  if (a->mask) grad *= load_part(a->mask + i, n);
  v4 mean = load_part(a->mean + i, n), square = load_part(a->square + i, n);
  mean = flush(mean + splat(a->new1) * (grad - mean), TINY_MEAN);
  grad = flush(grad, TINY_GRAD);
  square = square * splat(a->keep2) + (splat(a->new2) * grad) * grad;
  v4 denominator = __builtin_elementwise_sqrt(square) * splat(a->rates[1]) + splat(a->eps);
  store_part(a->mean + i, mean, n);
  store_part(a->square + i, square, n);
  store_part(a->param + i, load_part(a->param + i, n) - mean / denominator * splat(a->rates[0]), n);
}

void adam(const adam_args *a) { FOURS(adam4, a); }

/* ---- 7. softmax and its loss ---------------------------------------------------------------- */

typedef struct {
  const float *logits; /* (classes, batch) */
  const int *labels;   /* (batch) */
  float *dlogits;      /* (classes, batch), or a null pointer: measure alone */
  double *sums;        /* (2): loss in nats and number of hits are added to it */
  int classes, batch;
} softmax_cross_entropy_args;

void softmax_cross_entropy(const softmax_cross_entropy_args *a) {
  const v4 examples = splat((float)a->batch);
  for (int b = 0; b < a->batch; b += 4) {
    const int n = smaller(4, a->batch - b);
    const float *logits = a->logits + b;
    i4 label = {a->labels[b], n > 1 ? a->labels[b + 1] : 0, n > 2 ? a->labels[b + 2] : 0,
                n > 3 ? a->labels[b + 3] : 0};
    v4 top = load_part(logits, n), total = splat(0), picked = splat(0);
    i4 best = {0, 0, 0, 0};
    for (int c = 1; c < a->classes; c++) {
      v4 x = load_part(logits + (long)c * a->batch, n);
      i4 better = (x > top) | ((x != x) & (top == top)); /* as argmax: the first NaN wins */
      top = select(better, x, top);
      best = (better & c) | (~better & best);
    }
    for (int c = 0; c < a->classes; c++) {
      v4 shifted = load_part(logits + (long)c * a->batch, n) - top, power = exp4(shifted);
      total += power;
      picked = select(label == c, shifted, picked);
      if (a->dlogits) store_part(a->dlogits + (long)c * a->batch + b, power, n);
    }
    for (int c = 0; c < a->classes && a->dlogits; c++) {
      float *d = a->dlogits + (long)c * a->batch + b;
      v4 one = select(label == c, splat(1), splat(0));
      store_part(d, (load_part(d, n) / total - one) / examples, n);
    }
    for (int j = 0; j < n; j++) {
      a->sums[0] += log1(total[j]) - picked[j];
      a->sums[1] += best[j] == label[j];
    }
  }
}

#include "sequences.h"

/* ---- 10. run: several calls in one ---------------------------------------------------------- */

/* One entry of this file with its struct. */
typedef struct {
  void (*entry)(const void *);
  const void *args;
} call;

void run(const call *calls, int count) {
  for (int i = 0; i < count; i++) calls[i].entry(calls[i].args);
}

#include "draws.h"
