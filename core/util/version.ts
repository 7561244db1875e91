/** The version of Axial, as in package.json; a test keeps the two equal. */
export const AXIAL_VERSION = '0.1.0';
