/* The compiled twins of py/mnist1d_lab/kernels/numpy_ops.py: the same functions, made for speed. No
 * memory is allocated, nothing of libc is used, nothing is chosen here (backend.py does that).
 *
 *   entry                    twin in numpy_ops.py
 *   linear_forward           linear_forward           1. vectors, exp and log (vectors.h)
 *   linear_backward_input    linear_backward_input    2. panels and lists (products.h)
 *   linear_backward          linear_backward          3. the two products (products.h)
 *   sparse_forward           sparse_forward           4. dense layers
 *   sparse_backward_input    sparse_backward_input    5. sparse layers (sparse.h)
 *   sparse_backward          sparse_backward          6. element by element
 *   add, relu_backward       add, relu_backward       7. softmax and its loss
 *   softmax_cross_entropy    softmax_cross_entropy    8. convolution (sequences.h)
 *   adam, sgd, decay         adam, sgd, decay         9. a GRU (sequences.h)
 *   unfold, fold             unfold, fold            10. run: several calls in one
 *   gru_forward              gru_forward             11. values with their derivatives (dual.h)
 *   gru_backward             gru_backward            12. the random numbers (draws.h)
 *   pool, pool_backward      pool, pool_backward
 *   dual_*                   dual_* (in dual_ops.py)
 *   draw_examples            (draw_examples in dataset/generator.py)
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

/* In training relu makes about half of the MLP's hidden activations 0, and most of its dy. If many
 * terms are 0, `gather` leaves them out of the product (0 times infinity is then 0; otherwise not a
 * bit changes). Measured at 200 x 200 x 100: 0.7 of the other product's time at 0.42 of the terms,
 * 0.26 at 0.1, so that both take equally long near EQUAL. */
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
  float *floats;       /* scratch; compiled.py says how much */
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
  float *floats;       /* scratch; compiled.py says how much */
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
  float *floats;   /* scratch; compiled.py says how much */
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

#include "sparse.h"

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
  const float *rates;   /* (2): the step's rate and correction, see adam in numpy_ops.py */
  int size;
  float keep1, new1, keep2, new2, eps; /* beta and 1 - beta, each rounded from double */
} adam_args;

#define TINY_MEAN 1e-30f
#define TINY_GRAD 1e-16f
/* A unit that is 0 for all examples has a gradient of 0: its mean then shrinks by a tenth a step, to
 * numbers so small that they change no weight, and that processors compute a hundred times slower.
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

typedef struct {
  const float *param; /* (size) */
  float *grad;        /* (size) */
  int size;
  float decay;
} decay_args;

INLINE void decay4(const decay_args *a, int i, const int n) {
  store_part(a->grad + i, load_part(a->grad + i, n) + splat(a->decay) * load_part(a->param + i, n), n);
}

void decay(const decay_args *a) { FOURS(decay4, a); }

typedef struct {
  float *param;      /* (size) */
  const float *grad; /* (size) */
  const float *mask; /* (size) of 0 and 1, or a null pointer */
  float *velocity;   /* (size) */
  int size;
  float rate, momentum, decay;
} sgd_args;

INLINE void sgd4(const sgd_args *a, int i, const int n) {
  v4 param = load_part(a->param + i, n), grad = load_part(a->grad + i, n);
  if (a->mask) grad *= load_part(a->mask + i, n);
  grad += splat(a->decay) * param;
  v4 velocity = flush(splat(a->momentum) * load_part(a->velocity + i, n) + grad, TINY_MEAN);
  store_part(a->velocity + i, velocity, n);
  store_part(a->param + i, param - splat(a->rate) * velocity, n);
}

void sgd(const sgd_args *a) { FOURS(sgd4, a); }

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

#include "dual.h"

#include "draws.h"
