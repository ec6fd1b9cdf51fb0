// What files are checked against, by the configuration in force for them: the same object until it is to be made anew.
import type { CheckContext } from "../language/check.ts";
import { type Configuration, configured } from "../language/configuration.ts";

export class Contexts {
  readonly #make: () => CheckContext;
  #plain: CheckContext | undefined;
  readonly #configured = new Map<Configuration, CheckContext>();

  /** @param make what files without a configuration are checked against now */
  constructor(make: () => CheckContext) {
    this.#make = make;
  }

  of(configuration?: Configuration): CheckContext {
    this.#plain ??= this.#make();
    if (!configuration) return this.#plain;
    let context = this.#configured.get(configuration);
    if (!context) {
      context = configured(this.#plain, configuration);
      this.#configured.set(configuration, context);
    }
    return context;
  }

  renew(): void {
    this.#plain = undefined;
    this.#configured.clear();
  }
}
