/* The compiled twins of py/mnist1d_lab/ops.py: the same functions, made for speed. No memory is
 * allocated, nothing of libc is used, nothing is chosen here (see kernels.py for that).
 *
 *   entry                    NumPy twin in ops.py
 *   linear_forward           linear_forward           1. vectors, exp and log
 *   linear_backward_input    linear_backward_input    2. the dense product behind all three
 *   linear_backward          linear_backward          3. dense layers
 *   sparse_forward           sparse_forward           4. sparse layers
 *   sparse_backward_input    sparse_backward_input    5. element by element
 *   sparse_backward          sparse_backward          6. softmax and its loss
 *   add, relu_backward       add, relu_backward       7. run: several calls in one
 *   softmax_cross_entropy    softmax_cross_entropy
 *   adam                     adam
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

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

/* ---- 1. vectors, exp and log ---------------------------------------------------------------- */

typedef float v4 __attribute__((vector_size(16)));
typedef int i4 __attribute__((vector_size(16)));
typedef unsigned u4 __attribute__((vector_size(16)));
typedef struct { v4 v; } __attribute__((packed, aligned(4), may_alias)) unaligned;

INLINE v4 load(const float *p) { return ((const unaligned *)p)->v; }
INLINE void store(float *p, v4 v) { ((unaligned *)p)->v = v; }
INLINE v4 splat(float x) { return (v4){x, x, x, x}; }
INLINE v4 select(i4 where, v4 yes, v4 no) {
  return (v4)((where & (i4)yes) | (~where & (i4)no));
}
INLINE int smaller(int a, int b) { return a < b ? a : b; }

/* The first n lanes (1 to 4) from memory, zeros after them; nothing beyond is touched. */
INLINE v4 load_part(const float *p, int n) {
  if (n == 4) return load(p);
  v4 v = {p[0], n > 1 ? p[1] : 0, n > 2 ? p[2] : 0, 0};
  return v;
}
INLINE void store_part(float *p, v4 v, int n) {
  if (n == 4) { store(p, v); return; }
  p[0] = v[0];
  if (n > 1) p[1] = v[1];
  if (n > 2) p[2] = v[2];
}

/* The sums of four vectors' lanes: lane j is (v_j[0] + v_j[2]) + (v_j[1] + v_j[3]). */
INLINE v4 sum4(v4 a, v4 b, v4 c, v4 d) {
  v4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5) + __builtin_shufflevector(a, b, 2, 6, 3, 7);
  v4 cd = __builtin_shufflevector(c, d, 0, 4, 1, 5) + __builtin_shufflevector(c, d, 2, 6, 3, 7);
  return __builtin_shufflevector(ab, cd, 0, 1, 4, 5) + __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
}

/* max(x, 0) that lets NaN through. */
INLINE v4 relu(v4 x) { return select(x < splat(0), splat(0), x); }

/* exp(x) for x <= 0, within 2 units in the last place; 0 below -87; NaN stays NaN.
 * x = n ln 2 + r, |r| <= ln 2 / 2; e^r by its series to r^7; 2^n is put into the exponent. */
INLINE v4 exp4(v4 x) {
  const v4 low = splat(-87.0f), round = splat(12582912.0f); /* 1.5 * 2^23: adding it rounds */
  v4 safe = select(x < low, low, x);
  v4 shifted = safe * splat(1.44269504f) + round;
  v4 n = shifted - round;
  v4 r = (safe - n * splat(0.693359375f)) + n * splat(2.12194440e-4f); /* ln 2 in two parts */
  v4 p = splat(1.98412698e-4f);
  p = p * r + splat(1.38888889e-3f);
  p = p * r + splat(8.33333333e-3f);
  p = p * r + splat(4.16666667e-2f);
  p = p * r + splat(1.66666667e-1f);
  p = p * r + splat(0.5f);
  p = (p * r) * r + r + splat(1);
  u4 power = ((u4)shifted << 23) + 0x3f800000u;
  return select(x < low, splat(0), p * (v4)power);
}

/* log(x) for x in [1, 2^127), to 1e-10; NaN stays NaN. x = m 2^e; log m = 2 artanh((m-1)/(m+1)). */
INLINE double log1(float x) {
  union { float f; unsigned u; } bits = {x};
  if (x != x) return x;
  int e = (int)(bits.u >> 23) - 127;
  bits.u = (bits.u & 0x7fffffu) | 0x3f800000u;
  double m = bits.f;
  if (m > 1.4142135623730951) { m *= 0.5; e += 1; }
  double s = (m - 1) / (m + 1), q = s * s, p = 1.0 / 13;
  for (int k = 11; k > 0; k -= 2) p = p * q + 1.0 / k;
  return 2 * s * p + e * 0.6931471805599453;
}

/* ---- 2. the dense product behind all three -------------------------------------------------- */

/* out (rows, n) = a (rows, depth) times b (depth, n). Each element starts at 0, at its row's bias
 * or, to accumulate, at what it was; then adds its terms one by one in the order of depth.
 * a[r, k] is a[r * a_row + k * a_step], so that a transposed matrix is read in place.
 * With row_list only the rows it names are computed, with depth_list only the depths it names. */
typedef struct {
  float *out;
  const float *a, *b, *bias; /* bias may be 0 */
  int a_row, a_step, rows, depth, n, accumulate, relu;
  const int *row_list, *depth_list; /* either may be 0 */
} product;

/* A tile is ROWS x WIDTH vectors, summed over DEPTH depths before it goes back to memory. Measured
 * in V8 on x86-64: 4 x 2 reaches 80 % of the peak (py/native/peak.c), 2 x 5, 3 x 3 and 4 x 3 about
 * 60 %, since V8 runs out of its 16 registers. DEPTH rows of WIDTH vectors fit the first cache. */
#define ROWS 4
#define WIDTH 2
#define DEPTH 128

/* Rows x width vectors of the output, kept in registers over the depths [from, to). */
INLINE void tile(const product *p, const int rows, const int width, int row, int column, int from,
                 int to, const int lanes, const int listed) {
  v4 sum[ROWS][WIDTH];
  float *out[ROWS];
  const float *a[ROWS], *b = p->b + column;
  const int again = from > 0 || p->accumulate;
  UNROLL for (int r = 0; r < rows; r++) {
    const long at = p->row_list ? p->row_list[row + r] : row + r;
    v4 start = splat(p->bias ? p->bias[at] : 0);
    out[r] = p->out + at * p->n + column;
    a[r] = p->a + at * p->a_row;
    UNROLL for (int c = 0; c < width; c++)
      sum[r][c] = again ? load_part(out[r] + 4 * c, lanes) : start;
  }
  for (int k = from; k < to; k++) {
    const long at = listed ? p->depth_list[k] : k, step = at * p->a_step;
    v4 weight[ROWS];
    UNROLL for (int r = 0; r < rows; r++) weight[r] = splat(a[r][step]);
    UNROLL for (int c = 0; c < width; c++) {
      v4 x = load_part(b + at * p->n + 4 * c, lanes);
      UNROLL for (int r = 0; r < rows; r++) sum[r][c] += weight[r] * x;
    }
  }
  const int clip = p->relu && to == p->depth;
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int c = 0; c < width; c++)
      store_part(out[r] + 4 * c, clip ? relu(sum[r][c]) : sum[r][c], lanes);
}

/* All rows of `width` vectors: ROWS at a time, then one by one. */
INLINE void columns(const product *p, const int width, int column, int from, int to, int lanes,
                    const int listed) {
  int row = 0;
  for (; row + ROWS <= p->rows; row += ROWS)
    tile(p, ROWS, width, row, column, from, to, lanes, listed);
  for (; row < p->rows; row++) tile(p, 1, width, row, column, from, to, lanes, listed);
}

INLINE void all_columns(const product *p, int from, int to, const int listed) {
  int column = 0;
  for (; column + 4 * WIDTH <= p->n; column += 4 * WIDTH)
    columns(p, WIDTH, column, from, to, 4, listed);
  for (; column + 4 <= p->n; column += 4) columns(p, 1, column, from, to, 4, listed);
  if (column < p->n) columns(p, 1, column, from, to, p->n - column, listed);
}

static void multiply(const product *p) {
  for (int from = 0; from == 0 || from < p->depth; from += DEPTH) {
    const int to = smaller(from + DEPTH, p->depth);
    if (p->depth_list) all_columns(p, from, to, 1);
    else all_columns(p, from, to, 0);
  }
}

/* out (columns, rows) = in (rows, columns), turned. */
static void transpose(const float *in, float *out, int rows, int columns) {
  int r = 0;
  for (; r + 4 <= rows; r += 4) {
    int c = 0;
    for (; c + 4 <= columns; c += 4) {
      const float *p = in + (long)r * columns + c;
      v4 a = load(p), b = load(p + columns), d = load(p + 2 * columns), e = load(p + 3 * columns);
      v4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(d, e, 0, 4, 1, 5);
      v4 ef = __builtin_shufflevector(a, b, 2, 6, 3, 7), gh = __builtin_shufflevector(d, e, 2, 6, 3, 7);
      float *q = out + (long)c * rows + r;
      store(q, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
      store(q + rows, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
      store(q + 2 * rows, __builtin_shufflevector(ef, gh, 0, 1, 4, 5));
      store(q + 3 * rows, __builtin_shufflevector(ef, gh, 2, 3, 6, 7));
    }
    for (; c < columns; c++)
      for (int j = 0; j < 4; j++) out[(long)c * rows + r + j] = in[(long)(r + j) * columns + c];
  }
  for (; r < rows; r++)
    for (int c = 0; c < columns; c++) out[(long)c * rows + r] = in[(long)r * columns + c];
}

/* out[r] = the sum of row r of in (rows, n): four lanes along the row, then sum4's order. */
static void sum_rows(const float *in, float *out, int rows, int n) {
  for (int r = 0; r < rows; r++, in += n) {
    v4 sum = splat(0);
    for (int c = 0; c < n; c += 4) sum += load_part(in + c, smaller(4, n - c));
    out[r] = sum4(sum, sum, sum, sum)[0];
  }
}

static void zero(float *out, int n) {
  for (int i = 0; i < n; i += 4) store_part(out + i, splat(0), smaller(4, n - i));
}

static int is_dead(const float *row, int n) {
  int c = 0;
  for (; c + 4 <= n; c += 4) {
    i4 some = load(row + c) != splat(0);
    if (some[0] | some[1] | some[2] | some[3]) return 0;
  }
  for (; c < n; c++)
    if (row[c] != 0) return 0;
  return 1;
}

/* Lists the rows of dy (rows, n) that are not all 0, and returns how many. A unit whose relu is
 * closed for the whole batch has such a row: every term it adds to a gradient is 0, so leaving it
 * out changes nothing (but 0 times infinity, which is then 0). In the MLP's second layer more than
 * half of the units are closed after a few steps. */
static int live_rows(const float *dy, int *live, int rows, int n) {
  int count = 0;
  for (int r = 0; r < rows; r++)
    if (!is_dead(dy + (long)r * n, n)) live[count++] = r;
  return count;
}

/* ---- 3. dense layers ------------------------------------------------------------------------ */

typedef struct {
  const float *x, *weight, *bias;
  float *out;
  int inputs, outputs, batch, relu;
} linear_forward_args;

void linear_forward(const linear_forward_args *a) {
  multiply(&(product){a->out, a->weight, a->x, a->bias, a->inputs, 1, a->outputs, a->inputs,
                      a->batch, 0, a->relu, 0, 0});
}

typedef struct {
  const float *dy, *weight;
  float *out;
  int *live; /* scratch (outputs) */
  int inputs, outputs, batch, accumulate;
} linear_backward_input_args;

void linear_backward_input(const linear_backward_input_args *a) {
  const int live = live_rows(a->dy, a->live, a->outputs, a->batch);
  multiply(&(product){a->out, a->weight, a->dy, 0, 1, a->inputs, a->inputs, live, a->batch,
                      a->accumulate, 0, 0, live < a->outputs ? a->live : 0});
}

typedef struct {
  const float *dy, *x;
  float *dweight, *dbias;
  float *turned; /* scratch (batch, inputs) */
  int *live;     /* scratch (outputs) */
  int inputs, outputs, batch;
} linear_backward_args;

void linear_backward(const linear_backward_args *a) {
  transpose(a->x, a->turned, a->inputs, a->batch);
  const int live = live_rows(a->dy, a->live, a->outputs, a->batch);
  multiply(&(product){a->dweight, a->dy, a->turned, 0, a->batch, 1, live, a->batch, a->inputs, 0,
                      0, a->live, 0});
  for (int r = 0, next = 0; r < a->outputs; r++) {
    if (next < live && a->live[next] == r) next++;
    else zero(a->dweight + (long)r * a->inputs, a->inputs);
  }
  sum_rows(a->dy, a->dbias, a->outputs, a->batch);
}

/* ---- 4. sparse layers ----------------------------------------------------------------------- */

/* SPARSE_WIDTH vectors of an output row are kept in registers, wide so that a survivor's index and
 * value are loaded seldom, and TOGETHER survivors are added at a time. Measured in V8: 2 are 15 %
 * faster than 1; widths from 5 to 12 differ little. */
#define SPARSE_WIDTH 10
#define TOGETHER 2

/* out (rows, n): row r starts at its bias, at 0 or, to accumulate, at what it was, then adds
 * values[k] * in[index[k]] for k in [start[r], start[r + 1]), one by one. */
typedef struct {
  float *out;
  const float *in, *values, *bias;
  const int *start, *index;
  int rows, n, accumulate, relu;
} gather;

/* Adds survivors [k, k + count), at most TOGETHER, to `width` vectors of a row. */
INLINE void add_survivors(v4 *sum, const gather *g, int k, const int count, const int width,
                          int column, const int lanes) {
  v4 value[TOGETHER];
  const float *in[TOGETHER];
  UNROLL for (int j = 0; j < count; j++) {
    value[j] = splat(g->values[k + j]);
    in[j] = g->in + (long)g->index[k + j] * g->n + column;
  }
  UNROLL for (int c = 0; c < width; c++)
    UNROLL for (int j = 0; j < count; j++) sum[c] += value[j] * load_part(in[j] + 4 * c, lanes);
}

INLINE void gather_columns(const gather *g, const int width, int column, const int lanes) {
  for (int r = 0; r < g->rows; r++) {
    v4 sum[SPARSE_WIDTH];
    float *out = g->out + (long)r * g->n + column;
    v4 start = splat(g->bias ? g->bias[r] : 0);
    UNROLL for (int c = 0; c < width; c++)
      sum[c] = g->accumulate ? load_part(out + 4 * c, lanes) : start;
    int k = g->start[r];
    const int end = g->start[r + 1];
    for (; k + TOGETHER <= end; k += TOGETHER)
      add_survivors(sum, g, k, TOGETHER, width, column, lanes);
    for (; k < end; k++) add_survivors(sum, g, k, 1, width, column, lanes);
    UNROLL for (int c = 0; c < width; c++)
      store_part(out + 4 * c, g->relu ? relu(sum[c]) : sum[c], lanes);
  }
}

static void gather_all(const gather *g) {
  int column = 0;
  for (; column + 4 * SPARSE_WIDTH <= g->n; column += 4 * SPARSE_WIDTH)
    gather_columns(g, SPARSE_WIDTH, column, 4);
  for (; column + 4 * 5 <= g->n; column += 4 * 5) gather_columns(g, 5, column, 4);
  for (; column + 4 <= g->n; column += 4) gather_columns(g, 1, column, 4);
  if (column < g->n) gather_columns(g, 1, column, g->n - column);
}

typedef struct {
  const float *x, *values;
  const int *start, *column;
  const float *bias;
  float *out;
  int outputs, batch, relu;
} sparse_forward_args;

void sparse_forward(const sparse_forward_args *a) {
  gather_all(&(gather){a->out, a->x, a->values, a->bias, a->start, a->column, a->outputs, a->batch,
                       0, a->relu});
}

typedef struct {
  const float *dy, *values;
  const int *start, *row, *position;
  float *out, *live_values;               /* scratch (survivors), as live_row */
  int *live, *live_start, *live_row;      /* scratch (outputs), (inputs + 1), (survivors) */
  int inputs, outputs, batch, accumulate;
} sparse_backward_input_args;

/* The survivors of live rows (see live_rows) are put side by side first, in the same order. */
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
  gather_all(&(gather){a->out, a->dy, a->live_values, 0, a->live_start, a->live_row, a->inputs,
                       a->batch, a->accumulate, 0});
}

typedef struct {
  const float *dy, *x;
  const int *start, *column;
  float *dvalues, *dbias;
  int outputs, batch;
} sparse_backward_args;

#define DOTS 8
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
  for (; c + 4 <= a->batch; c += 4) {
    v4 d = load(dy + c);
    UNROLL for (int j = 0; j < count; j++) sum[j] += d * load(x[j] + c);
  }
  if (c < a->batch) {
    v4 d = load_part(dy + c, a->batch - c);
    UNROLL for (int j = 0; j < count; j++) sum[j] += d * load_part(x[j] + c, a->batch - c);
  }
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

/* ---- 5. element by element ------------------------------------------------------------------ */

typedef struct {
  const float *a, *b;
  float *out;
  int size;
} add_args;

void add(const add_args *a) {
  for (int i = 0; i < a->size; i += 4) {
    const int n = smaller(4, a->size - i);
    store_part(a->out + i, load_part(a->a + i, n) + load_part(a->b + i, n), n);
  }
}

typedef struct {
  const float *dy, *y;
  float *out;
  int size;
} relu_backward_args;

void relu_backward(const relu_backward_args *a) {
  for (int i = 0; i < a->size; i += 4) {
    const int n = smaller(4, a->size - i);
    v4 dy = load_part(a->dy + i, n), y = load_part(a->y + i, n);
    store_part(a->out + i, select(y <= splat(0), splat(0), dy), n);
  }
}

typedef struct {
  float *param;
  const float *grad, *mask; /* mask may be 0 */
  float *mean, *square;
  const float *rates; /* the step's rate and correction, see the twin */
  int size;
  float keep1, new1, keep2, new2, eps; /* beta and 1 - beta, each rounded from double */
} adam_args;

void adam(const adam_args *a) {
  const v4 rate = splat(a->rates[0]), correction = splat(a->rates[1]);
  for (int i = 0; i < a->size; i += 4) {
    const int n = smaller(4, a->size - i);
    v4 grad = load_part(a->grad + i, n);
    if (a->mask) grad *= load_part(a->mask + i, n);
    v4 mean = load_part(a->mean + i, n), square = load_part(a->square + i, n);
    mean += splat(a->new1) * (grad - mean);
    square = square * splat(a->keep2) + (splat(a->new2) * grad) * grad;
    v4 denominator = __builtin_elementwise_sqrt(square) * correction + splat(a->eps);
    store_part(a->mean + i, mean, n);
    store_part(a->square + i, square, n);
    store_part(a->param + i, load_part(a->param + i, n) - mean / denominator * rate, n);
  }
}

/* ---- 6. softmax and its loss ---------------------------------------------------------------- */

typedef struct {
  const float *logits;
  const int *labels;
  float *dlogits; /* 0 for the measurement alone */
  double *sums;   /* loss and hits, added to */
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

/* ---- 7. run: several calls in one ----------------------------------------------------------- */

typedef struct {
  void (*entry)(const void *);
  const void *args;
} call;

void run(const call *calls, int count) {
  for (int i = 0; i < count; i++) calls[i].entry(calls[i].args);
}
