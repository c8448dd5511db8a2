/* The compiled twins of py/mnist1d_lab/ops.py: the same functions, made for speed. No memory is
 * allocated, nothing of libc is used, nothing is chosen here (see kernels.py for that).
 *
 *   entry                    NumPy twin in ops.py
 *   linear_forward           linear_forward           1. vectors, exp and log (vectors.h)
 *   linear_backward_input    linear_backward_input    2. panels and lists
 *   linear_backward          linear_backward          3. the two products behind all the rest
 *   sparse_forward           sparse_forward           4. dense layers
 *   sparse_backward_input    sparse_backward_input    5. sparse layers
 *   sparse_backward          sparse_backward          6. element by element
 *   add, relu_backward       add, relu_backward       7. softmax and its loss
 *   softmax_cross_entropy    softmax_cross_entropy    8. convolution (sequences.h)
 *   adam                     adam                     9. a GRU (sequences.h)
 *   unfold, fold             unfold, fold            10. run: several calls in one
 *   gru_forward              gru_forward             11. the random numbers of a dataset
 *   gru_backward             gru_backward
 *   deal                     (data.draw)
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

/* ---- 2. panels and lists -------------------------------------------------------------------- */

/* Where a matrix is: element (r, c) is at[r * down + c * along], and one of the two is 1. */
typedef struct {
  const float *at;
  int down, along;
} matrix;

/* out[c * out_step + r] = in[r * in_step + c] for all r < rows, c < columns. */
static void transpose(const float *in, int in_step, float *out, int out_step, int rows,
                      int columns) {
  int r = 0;
  for (; r + 4 <= rows; r += 4) {
    const float *p = in + (long)r * in_step;
    float *q = out + r;
    int c = 0;
    for (; c + 4 <= columns; c += 4, p += 4, q += 4 * out_step) {
      v4 a = load(p), b = load(p + in_step), d = load(p + 2 * in_step), e = load(p + 3 * in_step);
      v4 ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(d, e, 0, 4, 1, 5);
      v4 ef = __builtin_shufflevector(a, b, 2, 6, 3, 7), gh = __builtin_shufflevector(d, e, 2, 6, 3, 7);
      store(q, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
      store(q + out_step, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
      store(q + 2 * out_step, __builtin_shufflevector(ef, gh, 0, 1, 4, 5));
      store(q + 3 * out_step, __builtin_shufflevector(ef, gh, 2, 3, 6, 7));
    }
    for (; c < columns; c++, p++, q += out_step)
      for (int j = 0; j < 4; j++) q[j] = p[j * in_step];
  }
  for (; r < rows; r++)
    for (int c = 0; c < columns; c++) out[(long)c * out_step + r] = in[(long)r * in_step + c];
}

/* panel (rows, 4 * width) = rows [row, row + rows) of m from `column` on, of which there are
 * `columns`; zeros after them. What is read again and again then lies side by side. */
INLINE void pack(float *panel, matrix m, int row, int rows, int column, int columns,
                 const int width) {
  const float *from = m.at + (long)row * m.down + (long)column * m.along;
  columns = smaller(columns - column, 4 * width);
  if (columns < 4 * width)
    for (int r = 0; r < rows; r++)
      for (int c = columns; c < 4 * width; c++) panel[r * 4 * width + c] = 0;
  if (m.along != 1) {
    transpose(from, m.along, panel, 4 * width, columns, rows);
  } else if (columns == 4 * width) {
    for (int r = 0; r < rows; r++, from += m.down, panel += 4 * width)
      UNROLL for (int c = 0; c < width; c++) store(panel + 4 * c, load(from + 4 * c));
  } else {
    for (int r = 0; r < rows; r++, from += m.down, panel += 4 * width)
      for (int c = 0; c < columns; c++) panel[c] = from[c];
  }
}

/* Lists, for each of m's rows, the columns that are not 0, and their values. As bits, since V8
 * compares floats slowly. */
static void list(matrix m, int rows, int columns, int *start, int *index, float *values) {
  int count = 0;
  for (int r = 0; r < rows; r++) {
    const word *at = (const word *)(m.at + (long)r * m.down);
    start[r] = count;
    _Pragma("clang loop unroll_count(4)") for (int c = 0; c < columns; c++, at += m.along) {
      index[count] = c; /* written always, kept if not 0 */
      *(word *)(values + count) = *at;
      count += *at << 1 != 0;
    }
  }
  start[rows] = count;
}

/* out[r] = the sum of row r of in (rows, n): four lanes along the row, then sum4's order. */
static void sum_rows(const float *in, float *out, int rows, int n) {
  for (int r = 0; r < rows; r++, in += n) {
    v4 sum = splat(0);
    int c = 0;
    for (; c + 4 <= n; c += 4) sum += load(in + c);
    if (c < n) sum += load_part(in + c, n - c);
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

/* ---- 3. the two products behind all the rest ------------------------------------------------ */

/* out (rows, n) = a (rows, depth) times b (depth, n). Each element starts at 0, at its row's bias
 * or, to accumulate, at what it was; then adds its terms one by one in the order of depth. */
typedef struct {
  float *out;
  matrix a, b;
  const float *bias; /* may be 0 */
  int rows, depth, n, accumulate, relu;
  float *scratch; /* (SCRATCH) */
} product;

/* A tile is ROWS x WIDTH vectors, kept in registers while DEPTH depths are summed; a is packed for
 * PACKED rows at once. Measured in V8 on x86-64 at 200 x 200 x 100: 0.72 to 0.8 of the peak
 * (py/native/peak.c), as much as 4 x 2; and 20 columns divide 40, 100, 200 and 500. */
#define ROWS 2
#define WIDTH 5
#define PACKED 4
#define DEPTH 200
#define COLUMNS 100
#define SCRATCH (DEPTH * (COLUMNS + PACKED))

/* Adds one depth to a tile: a (ROWS) times b (4 * width). */
INLINE void add_depth(v4 sum[ROWS][WIDTH], const float *a, const float *b, const int width) {
  v4 factor[ROWS];
  UNROLL for (int r = 0; r < ROWS; r++) factor[r] = splat(a[r]);
  UNROLL for (int c = 0; c < width; c++) {
    const v4 x = load(b + 4 * c);
    UNROLL for (int r = 0; r < ROWS; r++) {
      sum[r][c] += factor[r] * x;
      DONE(sum[r][c]);
    }
  }
}

/* `width` vectors of ROWS rows, of which `rows` exist, from packed a and packed b. */
INLINE void tile(const product *p, const float *a, const float *b, const int width, int row,
                 int column, int depth, int first, int last) {
  v4 sum[ROWS][WIDTH];
  float *out = p->out + (long)row * p->n + column;
  const int rows = smaller(ROWS, p->rows - row), lanes = smaller(4 * width, p->n - column);
  const int tail = lanes - 4 * (width - 1);
  UNROLL for (int r = 0; r < ROWS; r++)
    UNROLL for (int c = 0; c < width; c++) {
      sum[r][c] = splat(0);
      if (r >= rows) continue;
      if (!first || p->accumulate)
        sum[r][c] = load_part(out + (long)r * p->n + 4 * c, c < width - 1 ? 4 : tail);
      else if (p->bias) sum[r][c] = splat(p->bias[row + r]);
    }
  int k = 0;
  for (; k + 4 <= depth; k += 4, a += 4 * PACKED, b += 16 * width) {
    BASE(a);
    BASE(b);
    UNROLL for (int j = 0; j < 4; j++) add_depth(sum, a + j * PACKED, b + j * 4 * width, width);
  }
  for (; k < depth; k++, a += PACKED, b += 4 * width) add_depth(sum, a, b, width);
  UNROLL for (int r = 0; r < ROWS; r++)
    UNROLL for (int c = 0; c < width; c++)
      if (r < rows)
        store_part(out + (long)r * p->n + 4 * c,
                   last && p->relu ? relu(sum[r][c]) : sum[r][c], c < width - 1 ? 4 : tail);
}

static void multiply(const product *p) {
  float *a = p->scratch, *b = a + DEPTH * PACKED;
  const matrix turned = {p->a.at, p->a.along, p->a.down};
  for (int from = 0; from == 0 || from < p->depth; from += DEPTH) {
    const int depth = smaller(DEPTH, p->depth - from), last = from + depth == p->depth;
    for (int left = 0; left < p->n; left += COLUMNS) {
      const int right = smaller(p->n, left + COLUMNS);
      const int wide = right - (right - left) % (4 * WIDTH); /* in tiles of WIDTH, then of one */
      for (int c = left; c < wide; c += 4 * WIDTH)
        pack(b + (c - left) * depth, p->b, from, depth, c, p->n, WIDTH);
      for (int c = wide; c < right; c += 4)
        pack(b + (c - left) * depth, p->b, from, depth, c, p->n, 1);
      for (int row = 0; row < p->rows; row += PACKED) {
        pack(a, turned, from, depth, row, p->rows, 1);
        for (int r = row; r < smaller(row + PACKED, p->rows); r += ROWS) {
          const float *at = a + (r - row);
          for (int c = left; c < wide; c += 4 * WIDTH)
            tile(p, at, b + (c - left) * depth, WIDTH, r, c, depth, from == 0, last);
          for (int c = wide; c < right; c += 4)
            tile(p, at, b + (c - left) * depth, 1, r, c, depth, from == 0, last);
        }
      }
    }
  }
}

/* The same where a is sparse: out (rows, n) from in (depth, n) and the list of a's values that are
 * not 0: row r adds values[k] * in[index[k]] for k in [start[r], start[r + 1]), one by one. */
typedef struct {
  float *out;
  matrix in;
  const float *values, *bias;
  const int *start, *index;
  int rows, depth, n, accumulate, relu;
  int turned;    /* out is (n, rows) in memory, and the bias belongs to n */
  float *panel;  /* scratch (depth, 4 * GATHER) */
  float *result; /* scratch (rows, 4 * GATHER), if turned */
} gather;

/* GATHER vectors of a row are kept in registers, so that an index and a value are loaded seldom. */
#define GATHER 10

/* Adds value times a row of the panel. */
INLINE void add_row(v4 *sum, const float *in, float value, const int width) {
  const v4 factor = splat(value);
  BASE(in);
  UNROLL for (int c = 0; c < width; c++) {
    sum[c] += factor * load(in + 4 * c);
    DONE(sum[c]);
  }
}

/* `width` vectors of every row; `lanes` of the last one exist. */
INLINE void gather_panel(const gather *g, const int width, int column, const int lanes) {
  const int columns = 4 * (width - 1) + lanes, step = g->turned ? 4 * width : g->n;
  const float *panel = g->panel, *values = g->values;
  const int *start = g->start, *index = g->index;
  float *out = g->turned ? g->result : g->out + column;
  pack(g->panel, g->in, 0, g->depth, column, g->n, width);
  if (g->turned && g->accumulate)
    transpose(g->out + (long)column * g->rows, g->rows, out, step, columns, g->rows);
  for (int r = 0; r < g->rows; r++, out += step) {
    const float *from = g->accumulate ? out : g->turned && g->bias ? g->bias + column : 0;
    v4 sum[GATHER], begin = splat(g->bias && !g->turned ? g->bias[r] : 0);
    UNROLL for (int c = 0; c < width; c++) sum[c] = begin;
    if (from)
      UNROLL for (int c = 0; c < width; c++)
        sum[c] = load_part(from + 4 * c, c < width - 1 ? 4 : lanes);
    const float *value = values + start[r];
    const int *at = index + start[r], *end = index + start[r + 1];
    for (; at + 1 < end; at += 2, value += 2) {
      BASE(value);
      BASE(at);
      add_row(sum, panel + at[0] * 4 * width, value[0], width);
      add_row(sum, panel + at[1] * 4 * width, value[1], width);
    }
    if (at < end) add_row(sum, panel + at[0] * 4 * width, value[0], width);
    if (g->relu)
      UNROLL for (int c = 0; c < width; c++) sum[c] = relu(sum[c]);
    UNROLL for (int c = 0; c < width; c++)
      store_part(out + 4 * c, sum[c], c < width - 1 ? 4 : lanes);
  }
  if (g->turned)
    transpose(g->result, step, g->out + (long)column * g->rows, g->rows, g->rows, columns);
}

static void gather_all(const gather *g) {
  int column = 0;
  for (; column + 4 * GATHER <= g->n; column += 4 * GATHER) gather_panel(g, GATHER, column, 4);
  for (; column + 2 * GATHER <= g->n; column += 2 * GATHER) gather_panel(g, GATHER / 2, column, 4);
  for (; column + 4 <= g->n; column += 4) gather_panel(g, 1, column, 4);
  if (column < g->n) gather_panel(g, 1, column, g->n - column);
}

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
  const float *x, *weight, *bias;
  float *out, *floats; /* scratch, as simd.py counts it */
  int *ints;
  int inputs, outputs, batch, relu;
} linear_forward_args;

typedef struct {
  float *panel, *result, *values;
  int *start, *index;
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
  const float *dy, *weight;
  float *out, *floats;
  int *ints;
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
  const float *dy, *x;
  float *dweight, *dbias, *floats;
  int *ints;
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
  const float *x, *values;
  const int *start, *column;
  const float *bias;
  float *out, *floats; /* scratch (inputs, 4 * GATHER) */
  int inputs, outputs, batch, relu;
} sparse_forward_args;

void sparse_forward(const sparse_forward_args *a) {
  gather_all(&(gather){a->out, {a->x, a->batch, 1}, a->values, a->bias, a->start, a->column,
                       a->outputs, a->inputs, a->batch, 0, a->relu, 0, a->floats, 0});
}

typedef struct {
  const float *dy, *values;
  const int *start, *row, *position;
  float *out, *live_values, *floats; /* scratch (survivors) and (outputs, 4 * GATHER) */
  int *live, *live_start, *live_row; /* scratch (outputs), (inputs + 1), (survivors) */
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
  const float *dy, *x;
  const int *start, *column;
  float *dvalues, *dbias;
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
  const float *a, *b;
  float *out;
  int size;
} add_args;

INLINE void add4(const add_args *a, int i, const int n) {
  store_part(a->out + i, load_part(a->a + i, n) + load_part(a->b + i, n), n);
}

void add(const add_args *a) { FOURS(add4, a); }

typedef struct {
  const float *dy, *y;
  float *out;
  int size;
} relu_backward_args;

INLINE void relu_backward4(const relu_backward_args *a, int i, const int n) {
  v4 dy = load_part(a->dy + i, n), y = load_part(a->y + i, n);
  store_part(a->out + i, select(y <= splat(0), splat(0), dy), n);
}

void relu_backward(const relu_backward_args *a) { FOURS(relu_backward4, a); }

typedef struct {
  float *param;
  const float *grad, *mask; /* mask may be 0 */
  float *mean, *square;
  const float *rates; /* the step's rate and correction, see the twin */
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

#include "sequences.h"

/* ---- 10. run: several calls in one ---------------------------------------------------------- */

typedef struct {
  void (*entry)(const void *);
  const void *args;
} call;

void run(const call *calls, int count) {
  for (int i = 0; i < count; i++) calls[i].entry(calls[i].args);
}

/* ---- 11. the random numbers of a dataset (twin: data.draw) ---------------------------------- */

enum { WORDS = 624, AHEAD = 397 }; /* of the Mersenne Twister MT19937 (Matsumoto, Nishimura 1998) */

typedef struct {
  unsigned *key; /* WORDS of state, left as it is after the last example */
  int *position; /* of the next word in it, likewise */
  int *pad, *shift;
  double *scale, *shear;
  double *normals; /* (examples, 2 * length): not yet multiplied by their factors; or 0 */
  double *squares; /* (examples, length): what the factor of each pair is computed from; or 0 */
  int examples, length, low, paddings, shifts;
} deal_args;

typedef struct {
  unsigned *key;
  int position;
  unsigned words[WORDS]; /* those of the key, tempered all at once: in vectors */
} twister;

INLINE unsigned mixed(unsigned high, unsigned low) {
  const unsigned y = (high & 0x80000000u) | (low & 0x7fffffffu);
  return (y >> 1) ^ (-(y & 1) & 0x9908b0dfu);
}

static void temper(twister *t) {
  for (int i = 0; i < WORDS; i++) {
    unsigned y = t->key[i];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    t->words[i] = y ^ (y >> 18);
  }
}

static void twist(twister *t) {
  unsigned *key = t->key;
  enum { BACK = WORDS - AHEAD };
  for (int i = 0; i < BACK; i++) key[i] = key[i + AHEAD] ^ mixed(key[i], key[i + 1]);
  for (int i = BACK; i < WORDS - 1; i++) key[i] = key[i - BACK] ^ mixed(key[i], key[i + 1]);
  key[WORDS - 1] = key[AHEAD - 1] ^ mixed(key[WORDS - 1], key[0]);
  temper(t);
  t->position = 0;
}

INLINE unsigned word32(twister *t) {
  if (t->position == WORDS) twist(t);
  return t->words[t->position++];
}

/* Uniform in [0, 1), of 53 bits, as numpy.random.RandomState draws it. */
INLINE double uniform(twister *t) {
  const unsigned high = word32(t) >> 5, low = word32(t) >> 6;
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

/* Uniform in 0 ... count - 1: RandomState.randint, by masks and rejection. */
INLINE int below(twister *t, unsigned count) {
  unsigned mask = count - 1, drawn;
  if (!mask) return 0;
  for (int by = 1; by < 32; by *= 2) mask |= mask >> by;
  do drawn = word32(t) & mask;
  while (drawn > count - 1);
  return (int)drawn;
}

/* Two normals by Marsaglia's polar method need log and sqrt; those are left to NumPy, whose bits
 * they shall have: the second point of a pair comes first, as in RandomState. */
void deal(const deal_args *a) {
  twister t;
  t.key = a->key;
  t.position = *a->position;
  temper(&t);
  double *normals = a->normals, *squares = a->squares;
  for (int i = 0; i < a->examples; i++) {
    a->pad[i] = a->low + (int)(uniform(&t) * a->paddings);
    a->scale[i] = uniform(&t);
    a->shift[i] = below(&t, (unsigned)a->shifts);
    for (int pair = 0; pair < a->length; pair++) {
      double x, y, square;
      do {
        x = 2.0 * uniform(&t) - 1.0;
        y = 2.0 * uniform(&t) - 1.0;
        square = x * x + y * y;
      } while (square >= 1.0 || square == 0.0);
      if (!normals) continue;
      *normals++ = y;
      *normals++ = x;
      *squares++ = square;
    }
    a->shear[i] = uniform(&t);
  }
  *a->position = t.position;
}
