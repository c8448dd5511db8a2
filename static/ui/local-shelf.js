// One value kept in this browser (localStorage), as JSON. What it means is the caller's.
// @ts-check

/** Where the browser keeps nothing, the value lasts as long as the page, and `kept` is false. */
export class LocalShelf {
  kept = true;

  /** @param {string} key */
  constructor(key) {
    this.key = key;
  }

  /** @param {(value: unknown) => void} use is given the value, or null if there is none; what it throws counts as unreadable */
  read(use) {
    try {
      use(JSON.parse(localStorage.getItem(this.key) ?? 'null'));
    } catch {
      this.kept = false; // storage is forbidden, or holds something else
    }
  }

  /** @param {unknown} value */
  write(value) {
    try {
      localStorage.setItem(this.key, JSON.stringify(value));
      this.kept = true;
    } catch {
      this.kept = false; // full or forbidden
    }
  }
}
