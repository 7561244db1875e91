/*
 * Pixels are fetched, not filtered by the texture unit: integer textures cannot be filtered at all,
 * float ones only with an extension, and the average over a minified pixel needs no mip chain here.
 */

export const VERTEX_SHADER = `
out vec2 imagePoint;
uniform vec2 tileOrigin;
uniform vec2 tileSize;
uniform vec2 viewCentre;
uniform vec2 viewScale;
void main() {
  imagePoint = position.xy * tileSize;
  vec2 at = (tileOrigin + imagePoint - viewCentre) * viewScale;
  gl_Position = vec4(at.x, -at.y, 0.0, 1.0);
}
`;

/** The fragment shader for float and normalised textures, or for unsigned integers. */
export function fragmentShader(integer: boolean): string {
  return `
precision highp float;
precision highp int;
precision highp ${integer ? 'usampler2D' : 'sampler2D'};
in vec2 imagePoint;
out vec4 colour;
uniform ${integer ? 'usampler2D' : 'sampler2D'} plane;
uniform float sampleScale;
uniform float low;
uniform float high;
uniform float gamma;
uniform bool smooth_;
uniform bool inverted;
uniform float pixelsPerSample;

float valueAt(ivec2 at) {
  ivec2 inside = clamp(at, ivec2(0), textureSize(plane, 0) - 1);
  return float(texelFetch(plane, inside, 0).r) * sampleScale;
}

float interpolated(vec2 point) {
  vec2 corner = floor(point - 0.5);
  vec2 part = point - 0.5 - corner;
  ivec2 at = ivec2(corner);
  float above = mix(valueAt(at), valueAt(at + ivec2(1, 0)), part.x);
  float below = mix(valueAt(at + ivec2(0, 1)), valueAt(at + ivec2(1, 1)), part.x);
  return mix(above, below, part.y);
}

float averaged(vec2 point, int taps) {
  float sum = 0.0;
  for (int row = 0; row < taps; row++) {
    for (int column = 0; column < taps; column++) {
      vec2 offset = (vec2(column, row) + 0.5) / float(taps) - 0.5;
      sum += valueAt(ivec2(floor(point + offset / pixelsPerSample)));
    }
  }
  return sum / float(taps * taps);
}

void main() {
  float value;
  if (pixelsPerSample < 0.75) value = averaged(imagePoint, min(int(ceil(1.0 / pixelsPerSample)), 6));
  else if (smooth_) value = interpolated(imagePoint);
  else value = valueAt(ivec2(floor(imagePoint)));
  float grey = clamp((value - low) / max(high - low, 1e-30), 0.0, 1.0);
  if (isnan(value)) grey = 0.0;
  grey = pow(grey, gamma);
  if (inverted) grey = 1.0 - grey;
  colour = vec4(vec3(grey), 1.0);
}
`;
}
