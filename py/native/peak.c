/* The most 128-bit multiplications and additions this machine can do: registers only, no memory.
 * A yardstick for the bench; it computes nothing and is not part of the kernels. */

typedef float v4 __attribute__((vector_size(16)));

/* 6 chains of multiplications and 6 of additions, all independent: enough to hide their latency,
 * few enough for 16 registers. One round is 48 operations. io: 12 starts, factor, term. */
void peak(float *io, int rounds) {
  v4 product[6], sum[6];
  const v4 factor = {io[12], io[12], io[12], io[12]}, term = {io[13], io[13], io[13], io[13]};
  for (int j = 0; j < 6; j++) {
    product[j] = (v4){io[j], io[j], io[j], io[j]};
    sum[j] = (v4){io[j + 6], io[j + 6], io[j + 6], io[j + 6]};
  }
  for (int i = 0; i < rounds; i++) {
#pragma clang loop unroll(full)
    for (int j = 0; j < 6; j++) {
      product[j] = product[j] * factor;
      sum[j] = sum[j] + term;
    }
  }
  for (int j = 0; j < 6; j++) {
    io[j] = product[j][0];
    io[j + 6] = sum[j][0];
  }
}
