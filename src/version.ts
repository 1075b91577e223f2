/** The release that runs, told in the log, in `/metrics`, in `/stats` and by `npm start -- help`. */
import about from '../package.json' with { type: 'json' };

export const VERSION: string = about.version;
