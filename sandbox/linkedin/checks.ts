import { LiError, type InputError } from './li-error.ts';

/** Gathers what is wrong with one entity, because the platform names all wrong fields at once. */
export class Checks {
  readonly #found: InputError[] = [];

  add(code: string, fieldPath: string, description: string): void {
    this.#found.push({ code, fieldPath, description });
  }

  missing(fieldPath: string): void {
    this.add('MISSING_FIELD', fieldPath, 'Field is required');
  }

  invalid(fieldPath: string, value: unknown): void {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    this.add('INVALID_VALUE_FOR_FIELD', fieldPath, `Invalid value ${shown} for field ${fieldPath}`);
  }

  get hasFound(): boolean {
    return this.#found.length > 0;
  }

  /** @throws LiError with the one finding, or with all of them under one roof */
  done(): void {
    const [first] = this.#found;
    if (first === undefined) return;
    const isOne = this.#found.length === 1;
    throw new LiError({
      status: 400,
      code: isOne ? first.code : 'MULTIPLE_VALIDATIONS_FAILED',
      message: isOne
        ? first.description
        : 'Multiple errors occurred during the input validation. Please see errorDetails for more information.',
      inputErrors: this.#found,
    });
  }
}
