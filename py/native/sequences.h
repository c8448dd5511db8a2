/* What a convolution and a GRU need beside the products; a part of kernels.c, which explains the
 * rules. Twins in numpy_ops.py: unfold, fold, pool, pool_backward, gru_forward, gru_backward. */

/* ---- 8. convolution: a product with unfolded inputs ----------------------------------------- */

typedef struct {
  const float *from; /* (channels * length, batch); of fold what unfold gives */
  float *out;        /* (channels * kernel, places * batch); of fold the other */
  int channels, length, places, kernel, stride, padding, batch;
} fold_args;

INLINE void copy_row(float *out, const float *from, int n) {
  for (int i = 0; i < n; i += 4) {
    const int lanes = smaller(4, n - i);
    store_part(out + i, load_part(from + i, lanes), lanes);
  }
}

/* out (channels * kernel, places * batch) from x (channels * length, batch). */
void unfold(const fold_args *a) {
  float *out = a->out;
  for (int c = 0; c < a->channels; c++)
    for (int k = 0; k < a->kernel; k++)
      for (int place = 0; place < a->places; place++, out += a->batch) {
        const int at = place * a->stride + k - a->padding;
        if (at < 0 || at >= a->length) zero(out, a->batch);
        else copy_row(out, a->from + ((long)c * a->length + at) * a->batch, a->batch);
      }
}

/* out (channels * length, batch): each element is the sum, in the order of k, of all copies that
 * `unfold` made of it. */
void fold(const fold_args *a) {
  float *out = a->out;
  for (int c = 0; c < a->channels; c++)
    for (int at = 0; at < a->length; at++, out += a->batch) {
      zero(out, a->batch);
      for (int k = 0; k < a->kernel; k++) {
        const int ahead = at + a->padding - k, place = ahead / a->stride;
        if (ahead < 0 || place >= a->places || place * a->stride != ahead) continue;
        const long row = ((long)c * a->kernel + k) * a->places + place;
        const float *from = a->from + row * a->batch;
        for (int i = 0; i < a->batch; i += 4) {
          const int n = smaller(4, a->batch - i);
          store_part(out + i, load_part(out + i, n) + load_part(from + i, n), n);
        }
      }
    }
}

enum { MAX, AVERAGE, L2 }; /* kinds of pooling, numbered as in simd_pooling.py */

typedef struct {
  const float *x; /* (channels * length, batch) */
  float *out;     /* (channels * (length / 2), batch) */
  int channels, length, batch, kind;
} pool_args;

INLINE i4 second_larger(v4 a, v4 b) { return (b > a) | (b != b); } /* NaN is passed on */

INLINE v4 pooled(v4 a, v4 b, int kind) {
  if (kind == MAX) return select(second_larger(a, b), b, a);
  if (kind == AVERAGE) return (a + b) * splat(0.5f);
  return __builtin_elementwise_sqrt(a * a + b * b);
}

/* Of each two neighbours of a channel one number. */
void pool(const pool_args *a) {
  float *out = a->out;
  for (int c = 0; c < a->channels; c++)
    for (int place = 0; place < a->length / 2; place++, out += a->batch) {
      const float *x = a->x + ((long)c * a->length + 2 * place) * a->batch;
      for (int i = 0; i < a->batch; i += 4) {
        const int n = smaller(4, a->batch - i);
        store_part(out + i, pooled(load_part(x + i, n), load_part(x + a->batch + i, n), a->kind), n);
      }
    }
}

typedef struct {
  const float *dy; /* (channels * (length / 2), batch) */
  const float *x;  /* (channels * length, batch), as `pool` had it */
  const float *y;  /* (channels * (length / 2), batch), as `pool` left it */
  float *out;      /* (channels * length, batch) */
  int channels, length, batch, kind;
} pool_backward_args;

INLINE void unpool4(const pool_backward_args *p, long from, long to, const int n) {
  const v4 dy = load_part(p->dy + from, n), none = splat(0);
  const v4 a = load_part(p->x + to, n), b = load_part(p->x + to + p->batch, n);
  v4 da = dy * splat(0.5f), db = da; /* of AVERAGE */
  if (p->kind == MAX) {
    const i4 second = second_larger(a, b);
    da = select(second, none, dy);
    db = select(second, dy, none);
  } else if (p->kind == L2) {
    const v4 y = load_part(p->y + from, n);
    const v4 slope = select(y == none, none, dy / y); /* a root has no slope at 0 */
    da = slope * a;
    db = slope * b;
  }
  store_part(p->out + to, da, n);
  store_part(p->out + to + p->batch, db, n);
}

void pool_backward(const pool_backward_args *p) {
  const int places = p->length / 2;
  for (int c = 0; c < p->channels; c++) {
    for (int place = 0; place < places; place++) {
      const long from = ((long)c * places + place) * p->batch;
      const long to = ((long)c * p->length + 2 * place) * p->batch;
      for (int i = 0; i < p->batch; i += 4) unpool4(p, from + i, to + i, smaller(4, p->batch - i));
    }
    if (p->length % 2) zero(p->out + ((long)(c + 1) * p->length - 1) * p->batch, p->batch);
  }
}

/* ---- 9. a GRU that reads a row of numbers in both directions -------------------------------- */

#define UNITS 6 /* of each direction, as published; fixed, so that a state stays in registers */
#define GATES (3 * UNITS)
/* Where the weights of a direction begin; as PyTorch's, the gates are reset, update, new. */
#define INPUT 0                               /* (GATES), from the one input */
#define HIDDEN GATES                          /* (GATES, UNITS), from the state before */
#define BIAS_INPUT (HIDDEN + GATES * UNITS)   /* (GATES) */
#define BIAS_HIDDEN (BIAS_INPUT + GATES)      /* (GATES) */
#define DIRECTION (BIAS_HIDDEN + GATES)       /* how many there are */

typedef struct {
  const float *x;       /* (time, batch) */
  const float *weights; /* (2, DIRECTION) */
  float *out;           /* (time * 2 * UNITS, batch) */
  float *gates;         /* (2 * time * 4 * UNITS, batch): reset, update, new, hidden sum of new */
  int time, batch;
} gru_forward_args;

INLINE v4 magnitude(v4 x) { return (v4)((u4)x & 0x7fffffffu); }

/* The argument of exp is never above 0, so nothing overflows. */
INLINE v4 sigmoid(v4 x) {
  const v4 one = splat(1), power = exp4(-magnitude(x));
  return select(x >= splat(0), one, power) / (one + power);
}
INLINE v4 tanh4(v4 x) {
  const v4 one = splat(1), power = exp4(splat(-2) * magnitude(x)), y = (one - power) / (one + power);
  return (v4)((u4)y | ((u4)x & 0x80000000u));
}

/* Four examples, one direction: the state h stays in registers from step to step.
 * reset = sigmoid(input_sum + hidden_sum), update likewise;
 * new_gate = tanh(input_sum + reset * hidden_sum);
 * h = (1 - update) * new_gate + update * h. */
INLINE void walk(const gru_forward_args *a, const v4 *w, int direction, int b, const int n) {
  v4 h[UNITS];
  UNROLL for (int j = 0; j < UNITS; j++) h[j] = splat(0);
  for (int s = 0; s < a->time; s++) {
    const int t = direction ? a->time - 1 - s : s;
    const v4 x = load_part(a->x + (long)t * a->batch + b, n);
    float *gates = a->gates + ((long)direction * a->time + t) * 4 * UNITS * a->batch + b;
    float *out = a->out + ((long)t * 2 + direction) * UNITS * a->batch + b;
    v4 next[UNITS];
    UNROLL for (int j = 0; j < UNITS; j++) {
      v4 hidden_sum[3], input_sum[3];
      UNROLL for (int g = 0; g < 3; g++) {
        const int gate = g * UNITS + j;
        hidden_sum[g] = w[BIAS_HIDDEN + gate];
        UNROLL for (int k = 0; k < UNITS; k++) hidden_sum[g] += w[HIDDEN + gate * UNITS + k] * h[k];
        input_sum[g] = w[INPUT + gate] * x + w[BIAS_INPUT + gate];
      }
      const v4 reset = sigmoid(input_sum[0] + hidden_sum[0]);
      const v4 update = sigmoid(input_sum[1] + hidden_sum[1]);
      const v4 new_gate = tanh4(input_sum[2] + reset * hidden_sum[2]);
      next[j] = (splat(1) - update) * new_gate + update * h[j];
      store_part(gates + (long)j * a->batch, reset, n);
      store_part(gates + (long)(UNITS + j) * a->batch, update, n);
      store_part(gates + (long)(2 * UNITS + j) * a->batch, new_gate, n);
      store_part(gates + (long)(3 * UNITS + j) * a->batch, hidden_sum[2], n);
      store_part(out + (long)j * a->batch, next[j], n);
    }
    UNROLL for (int j = 0; j < UNITS; j++) h[j] = next[j];
  }
}

void gru_forward(const gru_forward_args *a) {
  for (int direction = 0; direction < 2; direction++) {
    v4 w[DIRECTION]; /* each weight four times, so that it is loaded and not spread */
    for (int i = 0; i < DIRECTION; i++) w[i] = splat(a->weights[direction * DIRECTION + i]);
    int b = 0;
    for (; b + 4 <= a->batch; b += 4) walk(a, w, direction, b, 4);
    if (b < a->batch) walk(a, w, direction, b, a->batch - b);
  }
}

typedef struct {
  const float *dout;    /* (time * 2 * UNITS, batch) */
  const float *x;       /* (time, batch) */
  const float *weights; /* (2, DIRECTION) */
  const float *out;     /* (time * 2 * UNITS, batch), as gru_forward left it */
  const float *gates;   /* (2 * time * 4 * UNITS, batch), likewise */
  float *dweights;      /* (2, DIRECTION) */
  int time, batch;
} gru_backward_args;

/* Four examples back through time. `sum` (DIRECTION) has four lanes along the batch: each adds up its
 * examples in turn, and of an example the last step first. */
INLINE void walk_back(const gru_backward_args *a, const v4 *w, v4 *sum, int direction, int b,
                      const int n) {
  const long batch = a->batch;
  const v4 one = splat(1);
  v4 dh[UNITS];
  UNROLL for (int j = 0; j < UNITS; j++) dh[j] = splat(0);
  for (int s = a->time - 1; s >= 0; s--) {
    const int t = direction ? a->time - 1 - s : s, before = direction ? t + 1 : t - 1;
    const v4 x = load_part(a->x + t * batch + b, n);
    const float *gates = a->gates + ((long)direction * a->time + t) * 4 * UNITS * batch + b;
    const float *dout = a->dout + ((long)t * 2 + direction) * UNITS * batch + b;
    const float *out = a->out + ((long)before * 2 + direction) * UNITS * batch + b;
    v4 h[UNITS], dhidden_sum[GATES];
    UNROLL for (int j = 0; j < UNITS; j++) {
      h[j] = s ? load_part(out + j * batch, n) : splat(0);
      const v4 reset = load_part(gates + j * batch, n);
      const v4 update = load_part(gates + (UNITS + j) * batch, n);
      const v4 new_gate = load_part(gates + (2 * UNITS + j) * batch, n);
      const v4 hidden_sum = load_part(gates + (3 * UNITS + j) * batch, n);
      const v4 d = dh[j] + load_part(dout + j * batch, n);
      const v4 dnew_gate = d * (one - update) * (one - new_gate * new_gate);
      const v4 dupdate = d * (h[j] - new_gate) * update * (one - update);
      const v4 dreset = dnew_gate * hidden_sum * reset * (one - reset);
      const v4 dinput_sum[3] = {dreset, dupdate, dnew_gate};
      UNROLL for (int g = 0; g < 3; g++) {
        const int gate = g * UNITS + j;
        sum[INPUT + gate] += dinput_sum[g] * x;
        sum[BIAS_INPUT + gate] += dinput_sum[g];
        dhidden_sum[gate] = g == 2 ? dnew_gate * reset : dinput_sum[g];
        sum[BIAS_HIDDEN + gate] += dhidden_sum[gate];
      }
      dh[j] = d * update;
    }
    UNROLL for (int gate = 0; gate < GATES; gate++)
      UNROLL for (int k = 0; k < UNITS; k++) {
        sum[HIDDEN + gate * UNITS + k] += dhidden_sum[gate] * h[k];
        dh[k] += w[HIDDEN + gate * UNITS + k] * dhidden_sum[gate];
      }
  }
}

void gru_backward(const gru_backward_args *a) {
  for (int direction = 0; direction < 2; direction++) {
    v4 w[DIRECTION], sum[DIRECTION];
    for (int i = 0; i < DIRECTION; i++) {
      w[i] = splat(a->weights[direction * DIRECTION + i]);
      sum[i] = splat(0);
    }
    int b = 0;
    for (; b + 4 <= a->batch; b += 4) walk_back(a, w, sum, direction, b, 4);
    if (b < a->batch) walk_back(a, w, sum, direction, b, a->batch - b);
    for (int i = 0; i < DIRECTION; i++)
      a->dweights[direction * DIRECTION + i] = sum4(sum[i], sum[i], sum[i], sum[i])[0];
  }
}
