// Locks that the pages of this browser and their workers share. What is locked is the caller's.
// @ts-check

/**
 * @param {string} name @param {() => unknown} use what it returns is waited for, and the lock held so long
 * @param {LockMode} [mode]
 * @returns {Promise<boolean>} false: this browser gives no locks here (in a frame of another site, say), and
 *   `use` was not called
 */
export async function underLock(name, use, mode = 'exclusive') {
  let isHeld = false;
  try {
    await navigator.locks.request(name, { mode }, () => {
      isHeld = true;
      return use();
    });
  } catch (error) {
    if (isHeld) throw error;
  }
  return isHeld;
}
