/** What can be chosen of a process that runs for long, on Fargate. */
import * as z from "zod";

/** Fargate sells memory only in these amounts with so much processor: [least, most, step] in MB for each cpu (1,024 are a core). */
const MEMORY_OF_CPU: Readonly<Record<number, readonly [least: number, most: number, step: number]>> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
};

const idOf = (what: "vpc" | "subnet", error: string) => z.string({ error }).regex(new RegExp(`^${what}-[0-9a-f]{8,17}$`), error);

export const containerConfig = z
  .strictObject({
    image: z
      .string({ error: "is missing: the image that was built and pushed, as 123456789012.dkr.ecr.eu-central-1.amazonaws.com/octally-worker:1 (docs/deploy.md, \"The worker in a container\")" })
      // A registry with a dot, so that nobody's image of Docker Hub is meant by mistake; and one that stays what it is.
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(\/[a-z0-9._-]+)+(:(?!latest$)[\w.-]{1,127}|@sha256:[0-9a-f]{64})$/, "must be REGISTRY/NAME:TAG or REGISTRY/NAME@sha256:DIGEST; not :latest, of which nobody knows what runs"),
    tasks: z.int().min(1).max(50).default(1),
    cpu: z.literal([256, 512, 1024, 2048, 4096], { error: "must be 256, 512, 1024, 2048 or 4096 (1,024 are a core)" }).default(512),
    memoryMegabytes: z.int().default(1024),
    /** Batches at once in each task; each holds up to a hundred deliveries. */
    concurrency: z.int().min(1).max(16).default(2),
    vpc: idOf("vpc", "must be the VPC of the subnets, as vpc-0123456789abcdef0"),
    subnets: z.array(idOf("subnet", "must be ids of subnets, as subnet-0123456789abcdef0"), { error: 'must be a list of the ids of subnets: ["subnet-0123456789abcdef0"]' }).min(1, "must name at least one subnet"),
    /** True in public subnets; false where a NAT gateway (or endpoints and a way to the store) leads out. */
    publicIp: z.boolean({ error: "is missing: true in public subnets, false in private ones with a NAT gateway" }),
  })
  .superRefine(({ cpu, memoryMegabytes }, context) => {
    const [least, most, step] = MEMORY_OF_CPU[cpu] ?? [0, 0, 1];
    if (memoryMegabytes >= least && memoryMegabytes <= most && memoryMegabytes % step === 0) return;
    context.addIssue({ code: "custom", path: ["memoryMegabytes"], message: `with cpu ${cpu} Fargate has ${least} to ${most} MB in steps of ${step}` });
  });

export type ContainerConfig = z.output<typeof containerConfig>;
