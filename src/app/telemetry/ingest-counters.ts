/** What came in over OTLP since the start; for `/metrics`. */
export class IngestCounters {
  requests = 0;
  failedRequests = 0;
  spansAccepted = 0;
  spansRejected = 0;
  bytes = 0;
}
