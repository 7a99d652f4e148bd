/** The one place that names the Graph version (platforms/meta: v26.0 is current since 29 Jul 2026). */
export const GRAPH_VERSION = 'v26.0';
