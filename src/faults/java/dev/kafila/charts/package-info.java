/** Line charts as SVG, written as text: a picture of a report needs neither a display nor a library. */
package dev.kafila.charts;
