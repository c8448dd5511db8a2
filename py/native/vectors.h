/* Vectors of four floats, exp and log, for the kernels: the same bits on every machine. No loops over
 * arrays here. */

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")
/* Clang would move an unrolled loop's loads to its top and its additions to its end; V8 then spills
 * its 16 registers, and products take half as long again. DONE(v) is no instruction, but everything
 * before it, v included, is computed before what follows. */
#ifdef __wasm__
#define DONE(v) __asm__ volatile("" : "+r"(v) : : "memory")
/* After this, distances from the pointer p go into the loads instead of being added before. */
#define BASE(p) __asm__("" : "+r"(p))
#else
#define DONE(v)
#define BASE(p)
#endif

typedef float v4 __attribute__((vector_size(16)));
typedef int i4 __attribute__((vector_size(16)));
typedef unsigned u4 __attribute__((vector_size(16)));
typedef unsigned __attribute__((may_alias)) word; /* a float's bits */
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
