/* A learning rate's gradient, carried along: values and their derivatives with respect to one number
 * side by side; a part of kernels.c, which explains the rules. Twins in dual_ops.py: dual_tanh,
 * dual_tanh_backward, dual_softmax_cross_entropy, dual_sgd.
 *
 * What goes forward has the values in its first rows and their derivatives in the others; of what
 * goes backward the derivatives come first. So one product with a weight of four blocks, W and its
 * derivative, computes both (see dual_sgd). */

/* ---- 11. values with their derivatives ------------------------------------------------------ */

typedef struct {
  const float *z; /* (2, size): sums, then their derivatives */
  float *out;     /* (2, size) */
  int size;
} dual_tanh_args;

INLINE void dual_tanh4(const dual_tanh_args *a, int i, const int n) {
  v4 h = tanh4(load_part(a->z + i, n)), dz = load_part(a->z + a->size + i, n);
  store_part(a->out + i, h, n);
  store_part(a->out + a->size + i, (splat(1) - h * h) * dz, n);
}

void dual_tanh(const dual_tanh_args *a) { FOURS(dual_tanh4, a); }

typedef struct {
  const float *dy; /* (2, size): derivatives of the gradient, then the gradient */
  const float *h;  /* (2, size): what dual_tanh gave */
  float *out;      /* (2, size), as dy */
  int size;
} dual_tanh_backward_args;

INLINE void dual_tanh_backward4(const dual_tanh_backward_args *a, int i, const int n) {
  v4 moved = load_part(a->dy + i, n), dy = load_part(a->dy + a->size + i, n);
  v4 h = load_part(a->h + i, n), dh = load_part(a->h + a->size + i, n);
  v4 slope = splat(1) - h * h;
  store_part(a->out + a->size + i, dy * slope, n);
  store_part(a->out + i, moved * slope - ((splat(2) * h) * dh) * dy, n);
}

void dual_tanh_backward(const dual_tanh_backward_args *a) { FOURS(dual_tanh_backward4, a); }

typedef struct {
  const float *logits; /* (2 * classes, batch): values, then derivatives */
  const int *labels;   /* (batch) */
  float *dlogits;      /* (2 * classes, batch): derivatives of the gradient, then the gradient */
  double *sums;        /* (2): losses in nats, and their derivatives, are added to it */
  int classes, batch;
} dual_softmax_cross_entropy_args;

void dual_softmax_cross_entropy(const dual_softmax_cross_entropy_args *a) {
  const v4 examples = splat((float)a->batch);
  const long half = (long)a->classes * a->batch;
  for (int b = 0; b < a->batch; b += 4) {
    const int n = smaller(4, a->batch - b);
    const float *logits = a->logits + b, *moved = logits + half;
    i4 label = {a->labels[b], n > 1 ? a->labels[b + 1] : 0, n > 2 ? a->labels[b + 2] : 0,
                n > 3 ? a->labels[b + 3] : 0};
    v4 top = load_part(logits, n), total = splat(0), mean = splat(0);
    v4 picked = splat(0), picked_moved = splat(0);
    for (int c = 1; c < a->classes; c++) {
      v4 x = load_part(logits + (long)c * a->batch, n);
      top = select((x > top) | ((x != x) & (top == top)), x, top); /* a NaN wins */
    }
    for (int c = 0; c < a->classes; c++) {
      const long at = (long)c * a->batch;
      v4 shifted = load_part(logits + at, n) - top, power = exp4(shifted);
      v4 dx = load_part(moved + at, n);
      total += power;
      mean += power * dx;
      picked = select(label == c, shifted, picked);
      picked_moved = select(label == c, dx, picked_moved);
      store_part(a->dlogits + half + at + b, power, n);
    }
    mean /= total;
    for (int c = 0; c < a->classes; c++) {
      const long at = (long)c * a->batch;
      float *gradient = a->dlogits + half + at + b;
      v4 share = load_part(gradient, n) / total, one = select(label == c, splat(1), splat(0));
      store_part(gradient, (share - one) / examples, n);
      store_part(a->dlogits + at + b, share * (load_part(moved + at, n) - mean) / examples, n);
    }
    for (int j = 0; j < n; j++) {
      a->sums[0] += log1(total[j]) - picked[j];
      a->sums[1] += (double)mean[j] - picked_moved[j];
    }
  }
}

typedef struct {
  const float *grad;  /* (2 * outputs, columns), as linear_backward sets it */
  const double *rate; /* (1) */
  double *state;      /* (2, outputs, inputs): parameters, then their derivatives by the rate */
  float *weight;      /* (2 * outputs, columns): what the products read */
  int outputs, inputs, columns; /* columns: inputs; twice that where they have derivatives too */
} dual_sgd_args;

void dual_sgd(const dual_sgd_args *a) {
  const double rate = a->rate[0];
  const int wide = a->columns > a->inputs;
  const long half = (long)a->outputs * a->inputs, below = (long)a->outputs * a->columns;
  for (int o = 0; o < a->outputs; o++)
    for (int i = 0; i < a->inputs; i++) {
      const long at = (long)o * a->columns + i, from = (long)o * a->inputs + i;
      const double grad = a->grad[below + at];
      double moved = a->grad[at];
      if (wide) moved += (double)a->grad[below + at + a->inputs];
      const double next = a->state[half + from] - grad - rate * moved;
      const double value = a->state[from] - rate * grad;
      a->state[half + from] = next;
      a->state[from] = value;
      a->weight[at] = (float)value;
      a->weight[below + at] = (float)next;
      if (wide) a->weight[below + at + a->inputs] = (float)value;
    }
}
