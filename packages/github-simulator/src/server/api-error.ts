/** GitHub's refusals, with the bodies that clients parse. */

export type ErrorDetail = { readonly resource?: string; readonly field?: string; readonly code?: string; readonly message?: string; readonly value?: unknown };
type More = { readonly doc?: string; readonly headers?: Readonly<Record<string, string>>; readonly errors?: readonly ErrorDetail[] };

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly more: More;

  constructor(status: number, message: string, more: More = {}) {
    super(message);
    this.status = status;
    this.more = more;
  }

  /** `doc`: of the endpoint, used where the error has no page of its own. */
  body(doc: string): unknown {
    const address = this.more.doc ?? doc;
    return {
      message: this.message,
      ...(this.more.errors === undefined ? {} : { errors: this.more.errors }),
      documentation_url: address.startsWith("https:") ? address : `https://docs.github.com/rest${address === "" ? "" : `/${address}`}`,
      status: String(this.status),
    };
  }
}

export const notFound = (): ApiError => new ApiError(404, "Not Found");
export const badCredentials = (): ApiError => new ApiError(401, "Bad credentials", { doc: "" });
export const requiresAuthentication = (): ApiError => new ApiError(401, "Requires authentication");
export const invalid = (...errors: readonly ErrorDetail[]): ApiError => new ApiError(422, "Validation Failed", { errors });
/** Past the last page that GitHub is willing to count to. */
export const pageCap = (): ApiError => new ApiError(422, "In order to keep the API fast for everyone, pagination is limited for this resource.", { doc: "https://docs.github.com/v3/#pagination" });
