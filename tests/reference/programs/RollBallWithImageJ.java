import ij.plugin.filter.BackgroundSubtracter;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Subtracts the background of raw images with the rolling ball of ImageJ. Arguments: FILE WIDTH HEIGHT
 * BITS RADIUS LIGHT SMOOTH for each image, whose file is overwritten with the result.
 */
public class RollBallWithImageJ {
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < args.length; i += 7) {
            Path file = Path.of(args[i]);
            int width = Integer.parseInt(args[i + 1]);
            int height = Integer.parseInt(args[i + 2]);
            ByteBuffer raw = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            ImageProcessor image = read(raw, width, height, Integer.parseInt(args[i + 3]));
            new BackgroundSubtracter().rollingBallBackground(image, Double.parseDouble(args[i + 4]), false,
                Boolean.parseBoolean(args[i + 5]), false, Boolean.parseBoolean(args[i + 6]), true);
            write(raw, image);
            Files.write(file, raw.array());
        }
        System.out.println("{}");
    }

    private static ImageProcessor read(ByteBuffer raw, int width, int height, int bits) {
        if (bits == 8) return new ByteProcessor(width, height, raw.array());
        if (bits == 16) {
            short[] pixels = new short[width * height];
            raw.asShortBuffer().get(pixels);
            return new ShortProcessor(width, height, pixels, null);
        }
        float[] pixels = new float[width * height];
        raw.asFloatBuffer().get(pixels);
        return new FloatProcessor(width, height, pixels);
    }

    private static void write(ByteBuffer raw, ImageProcessor image) {
        if (image instanceof ShortProcessor) raw.asShortBuffer().put((short[]) image.getPixels());
        if (image instanceof FloatProcessor) raw.asFloatBuffer().put((float[]) image.getPixels());
    }
}
