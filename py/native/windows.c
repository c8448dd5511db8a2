/* What Windows calls when it loads a DLL; without it the linker asks for the C library's. Compiled
 * for Windows alone, computes nothing. */

int DllMainCRTStartup(void *module, unsigned reason, void *reserved) {
  (void)module, (void)reason, (void)reserved;
  return 1; /* loaded */
}
