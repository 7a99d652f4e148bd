/** The Data Manager's own envelope: google.rpc.Status with a reason of its published list and the field at fault. */
export class IngestError extends Error {
  readonly status: number;
  readonly reason: string;
  readonly field: string;

  constructor(status: number, reason: string, message: string, field = '') {
    super(message);
    this.name = 'IngestError';
    this.status = status;
    this.reason = reason;
    this.field = field;
  }

  body(requestId: string): unknown {
    const names: Record<number, string | undefined> = {
      400: 'INVALID_ARGUMENT',
      401: 'UNAUTHENTICATED',
      403: 'PERMISSION_DENIED',
      404: 'NOT_FOUND',
      429: 'RESOURCE_EXHAUSTED',
    };
    return {
      error: {
        code: this.status,
        message: this.message,
        status: names[this.status] ?? 'INTERNAL',
        details: [
          { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: this.reason, domain: 'datamanager.googleapis.com' },
          { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId },
          ...(this.field === ''
            ? []
            : [
                {
                  '@type': 'type.googleapis.com/google.rpc.BadRequest',
                  fieldViolations: [{ field: this.field, description: this.message, reason: this.reason }],
                },
              ]),
        ],
      },
    };
  }
}
