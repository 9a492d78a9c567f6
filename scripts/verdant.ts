/** The command line straight from the sources, for development: npx tsx scripts/verdant.ts status */
import { main } from '../src/cli/main.ts';

await main();
