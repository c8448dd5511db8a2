/* The matrix products behind dense and sparse layers, and how they read memory; a part of kernels.c,
 * which explains the rules. */

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
  float *out;        /* (rows, n) */
  matrix a, b;       /* (rows, depth), (depth, n) */
  const float *bias; /* (rows), or a null pointer */
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
  float *out;          /* (rows, n) */
  matrix in;           /* (depth, n) */
  const float *values; /* (start[rows]) */
  const float *bias;   /* (rows), if turned (n), or a null pointer */
  const int *start;    /* (rows + 1) */
  const int *index;    /* (start[rows]), each below depth */
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
