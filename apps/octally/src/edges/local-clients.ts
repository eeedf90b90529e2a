/** Clients of the local queue and archive, told everything: the user's own AWS settings have no say in them. */
import { S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";

const LOCAL = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" }, useDualstackEndpoint: false, useFipsEndpoint: false };

export function makeLocalSqsClient(endpoint: string): SQSClient {
  return new SQSClient({ ...LOCAL, endpoint, maxAttempts: 2, requestHandler: { connectionTimeout: 1000, requestTimeout: 5000 } });
}

export function makeLocalS3Client(endpoint: string): S3Client {
  return new S3Client({
    ...LOCAL,
    endpoint,
    forcePathStyle: true,
    maxAttempts: 2,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: { connectionTimeout: 1000, requestTimeout: 8000 },
  });
}
