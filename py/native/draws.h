/* The random numbers of a dataset; a part of kernels.c, which explains the rules. Twin:
 * draw_examples in dataset/generator.py. */

/* ---- 12. the random numbers of a dataset --------------------------------------------------- */

enum { WORDS = 624, AHEAD = 397 }; /* of the Mersenne Twister MT19937 (Matsumoto, Nishimura 1998) */

typedef struct {
  unsigned *key; /* (WORDS) of state, left as it is after the last example */
  int *position; /* (1): of the next word in it, likewise */
  int *pad, *shift;      /* (examples) each */
  double *scale, *shear; /* (examples) each */
  double *normals; /* (examples, 2 * length): not yet multiplied by their factors; or null */
  double *squares; /* (examples, length): what the factor of each pair is computed from; or null */
  int examples, length, low, paddings, shifts;
} draw_examples_args;

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

/* Normals by Marsaglia's polar method, in pairs of which the second comes first, as in RandomState.
 * Their factors need log and sqrt, which the caller takes from NumPy, to have NumPy's bits. */
void draw_examples(const draw_examples_args *a) {
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
