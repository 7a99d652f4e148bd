/** The one place that names the Marketing API's version; there is only this one (platforms/snapchat). */
export const SNAP_VERSION = 'v1';
