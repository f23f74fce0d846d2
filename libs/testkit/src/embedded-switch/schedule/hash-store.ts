/** mod_hash: values by realm and key, for dial plans that remember something. */
export class HashStore {
  readonly #values = new Map<string, string>();

  /** `hash` application: "insert/realm/key/value", "delete/realm/key". */
  change(data: string): void {
    const [action = '', realm = '', key = '', ...value] = data.split('/');
    if (action === 'insert') this.#values.set(`${realm}_${key}`, value.join('/'));
    if (action === 'delete') this.#values.delete(`${realm}_${key}`);
  }

  /** `hash` api command. */
  api(args: string): string {
    const [action = '', realm = '', key = '', ...value] = args.split('/');
    const name = `${realm}_${key}`;
    switch (action) {
      case 'select':
        return this.#values.get(name) ?? '';
      case 'insert':
        this.#values.set(name, value.join('/'));
        return '+OK\n';
      case 'insert_ifempty':
        if (this.#values.has(name)) return '-ERR key already exists\n';
        this.#values.set(name, value.join('/'));
        return '+OK\n';
      case 'delete':
        return this.#values.delete(name) ? '+OK\n' : '-ERR Not found\n';
      default:
        return '-USAGE: [insert|delete|select]/<realm>/<key>/<value>\n';
    }
  }
}
