import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketName, tableName } from './names.ts';

/** What the program keeps: the one table, and three buckets that no distribution shows. */
export class Store extends Construct {
  readonly table: TableV2;
  readonly originals: s3.Bucket;
  readonly renditions: s3.Bucket;
  readonly mails: s3.Bucket;

  /** `from`: the addresses of brands and house, from which browsers of guests and crew send photos. */
  constructor(scope: Construct, { from }: { from: readonly string[] }) {
    super(scope, 'Store');
    this.table = new TableV2(this, 'Table', {
      tableName,
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      timeToLiveAttribute: 'ends',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      // That something changed, never what: a stream has no leading keys by which amounts could be fenced off.
      dynamoStream: StreamViewType.KEYS_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.originals = privateBucket(this, 'Originals', bucketName('originals'), {
      cors: [
        {
          allowedMethods: [s3.HttpMethods.POST],
          allowedOrigins: [...from],
          allowedHeaders: ['*'],
          maxAge: 3600,
        },
      ],
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(1),
          transitions: [
            {
              storageClass: s3.StorageClass.GLACIER_INSTANT_RETRIEVAL,
              transitionAfter: Duration.days(30),
            },
          ],
        },
      ],
    });
    this.renditions = privateBucket(this, 'Renditions', bucketName('renditions'), {
      lifecycleRules: [
        { prefix: 'albums/', expiration: Duration.days(1) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    this.mails = privateBucket(this, 'Mails', bucketName('mails'), {
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
  }
}

const privateBucket = (scope: Construct, id: string, name: string, more: Partial<s3.BucketProps> = {}) =>
  new s3.Bucket(scope, id, {
    bucketName: name,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: RemovalPolicy.RETAIN,
    ...more,
  });
