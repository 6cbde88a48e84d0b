// `npm run check:image`. The image is built by its Dockerfile alone; this checks that its content can be.
import { prepare } from '../dev/prepare.js';

prepare();
await import('../../dist/test/deploy/build-outside-docker.js');
