// The Mersenne Twister MT19937 (Matsumoto, Nishimura 1998), seeded and read as NumPy's RandomState does
// it: the same words, the same numbers. Twin: py/native/draws.h. It knows no dataset.
// @ts-check

const WORDS = 624; // of state
const AHEAD = 397;
const BACK = WORDS - AHEAD;

/** @param {number} seed 32 bits @returns {Int32Array} the state before the first word */
function seeded(seed) {
  const key = new Int32Array(WORDS);
  key[0] = seed;
  for (let i = 1; i < WORDS; i += 1) key[i] = Math.imul(1812433253, key[i - 1] ^ (key[i - 1] >>> 30)) + i;
  return key;
}

/** @param {number} high @param {number} low @returns {number} */
function mixed(high, low) {
  const y = (high & 0x80000000) | (low & 0x7fffffff);
  return (y >>> 1) ^ Math.imul(y & 1, 0x9908b0df);
}

/** Go on to the next state. @param {Int32Array} key */
function twist(key) {
  for (let i = 0; i < BACK; i += 1) key[i] = key[i + AHEAD] ^ mixed(key[i], key[i + 1]);
  for (let i = BACK; i < WORDS - 1; i += 1) key[i] = key[i - BACK] ^ mixed(key[i], key[i + 1]);
  key[WORDS - 1] = key[AHEAD - 1] ^ mixed(key[WORDS - 1], key[0]);
}

/** The words of one seed, from the first on: made as far as they are needed, then kept. */
export class Twister {
  #key;
  words = new Uint32Array(0); // as many as were asked for, or more

  /** @param {number} seed */
  constructor(seed) {
    this.seed = seed;
    this.#key = seeded(seed);
  }

  /** Make `words` at least this long. @param {number} count @returns {Uint32Array} words */
  reach(count) {
    const made = this.words.length;
    if (count <= made) return this.words;
    const words = new Uint32Array(WORDS * Math.ceil(Math.max(count, 1.1 * made) / WORDS));
    words.set(this.words);
    for (let at = made; at < words.length; at += WORDS) {
      twist(this.#key);
      for (let i = 0; i < WORDS; i += 1) {
        let y = this.#key[i];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        words[at + i] = y ^ (y >>> 18);
      }
    }
    this.words = words;
    return words;
  }
}

/** @param {Uint32Array} words @param {number} at the first of two @returns {number} uniform in [0, 1), of 53 bits */
export const uniform = (words, at) => ((words[at] >>> 5) * 67108864 + (words[at + 1] >>> 6)) / 9007199254740992;

/** @param {number} count up to 2 ** 31 @returns {number} the bits of a word that make a number below it */
export const maskOf = (count) => (count > 1 ? 2 ** (32 - Math.clz32(count - 1)) - 1 : 0);

/** Reads a Twister's words one after the other. */
export class Reader {
  /** @param {Twister} twister @param {number} at the first word to read */
  constructor(twister, at) {
    this.twister = twister;
    this.at = at;
  }

  /** In [0, 1). @returns {number} */
  uniform() {
    this.at += 2;
    return uniform(this.twister.reach(this.at), this.at - 2);
  }

  /** In 0 … count - 1, by masks and rejection. @param {number} count @returns {number} */
  below(count) {
    const mask = maskOf(count);
    if (!mask) return 0;
    for (;;) {
      const drawn = this.twister.reach(this.at + 1)[this.at] & mask;
      this.at += 1;
      if (drawn < count) return drawn;
    }
  }

  /** Standard normal, by Marsaglia's polar method. @param {Float64Array} out an even number of them */
  normals(out) {
    for (let i = 0; i < out.length; i += 2) {
      let x, y, square;
      do {
        x = 2 * this.uniform() - 1;
        y = 2 * this.uniform() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square === 0);
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      [out[i], out[i + 1]] = [factor * y, factor * x];
    }
  }

  /** @param {number} count @returns {Int32Array} 0 … count - 1 in a random order */
  permutation(count) {
    const order = Int32Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i -= 1) {
      const other = this.below(i + 1);
      const held = order[i];
      order[i] = order[other];
      order[other] = held;
    }
    return order;
  }
}
