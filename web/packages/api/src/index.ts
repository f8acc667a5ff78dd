export { api, dataOf, newIntent, rememberCsrf } from "./client";
export { ApiFailure, type FailureKind, type FieldFault, failureOf } from "./failure";
export type { components, operations, paths } from "./schema";
