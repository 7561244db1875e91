import ij.IJ;
import ij.ImagePlus;
import ij.process.AutoThresholder;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Thresholds of raw images by every method. Arguments: FILE WIDTH HEIGHT BITS for each image. Prints for
 * each the lowest grey level of the foreground that the Threshold window gives on a dark background, the
 * highest one that it gives on a light background, and the last level of the background by the same methods on the levels from the lowest on; null when the
 * range has more than 256.
 */
public class ThresholdWithImageJ {
    private static final String[] METHODS = {"Triangle", "Otsu", "Li", "Huang", "Yen", "Mean", "Percentile"};

    public static void main(String[] args) throws Exception {
        StringJoiner images = new StringJoiner(",", "[", "]");
        for (int i = 0; i < args.length; i += 4) {
            int width = Integer.parseInt(args[i + 1]);
            int height = Integer.parseInt(args[i + 2]);
            byte[] raw = Files.readAllBytes(Path.of(args[i]));
            boolean isByte = args[i + 3].equals("8");
            images.add(thresholds(isByte ? new ByteProcessor(width, height, raw) : shorts(width, height, raw)));
        }
        System.out.println(images);
    }

    private static ImageProcessor shorts(int width, int height, byte[] raw) {
        short[] pixels = new short[width * height];
        ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pixels);
        return new ShortProcessor(width, height, pixels, null);
    }

    private static String thresholds(ImageProcessor image) throws Exception {
        int[] all = image.getHistogram();
        int low = 0;
        int high = all.length - 1;
        while (all[low] == 0) low++;
        while (all[high] == 0) high--;
        StringJoiner result = new StringJoiner(",", "{", "}");
        for (String method : METHODS) {
            image.resetThreshold();
            image.resetMinAndMax();
            IJ.setAutoThreshold(new ImagePlus("", image), method + " dark");
            double lowest = image.getMinThreshold();
            image.resetThreshold();
            IJ.setAutoThreshold(new ImagePlus("", image), method);
            String byLevels = "null";
            if (high - low < 256) {
                int[] levels = Arrays.copyOfRange(all, low, low + 256);
                byLevels = String.valueOf(low + new AutoThresholder().getThreshold(method, levels));
            }
            result.add(String.format("\"%s\":{\"window\":%.1f,\"light\":%.1f,\"levels\":%s}",
                method.toLowerCase(), lowest, image.getMaxThreshold(), byLevels));
        }
        return result.toString();
    }
}
